# The functions of week 2 once more, in numpy.
import numpy as np
import torch


def linear_function(W, X, b):
    return np.dot(W, X) + np.asarray(b)


def sigmoid(z):
    z = z.detach().numpy()
    return 1 / (1 + np.exp(-z))


def one_hot_matrix(label, C):
    return np.eye(C)[:, label.numpy()]


def initialize_parameters(layers_dims, seed):
    np.random.seed(seed)
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(2 / layers_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


def forward_propagation(X, parameters):
    A = X.detach().numpy()
    L = len(parameters) // 2
    for l in range(1, L + 1):
        Z = parameters["W" + str(l)].detach().numpy() @ A + parameters["b" + str(l)].detach().numpy()
        A = np.maximum(Z, 0)
    return Z


def compute_total_loss(logits, labels):
    shifted = logits - logits.max(dim=0, keepdim=True).values
    return (labels * (torch.logsumexp(shifted, dim=0, keepdim=True) - shifted)).sum().item()


def train_step(X, Y, parameters, optimizer):
    raise NotImplementedError
