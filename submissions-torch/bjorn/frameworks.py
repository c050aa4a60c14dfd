import torch
import torch.nn.functional as F


def linear_function(W, X, b):
    return W @ X + b


def sigmoid(z):
    return 1 / (1 + torch.exp(-z))


def one_hot_matrix(label, C):
    return F.one_hot(label, C).double()


def initialize_parameters(layers_dims, seed):
    torch.manual_seed(seed)
    parameters = {}
    for l in range(1, len(layers_dims)):
        scale = (2 / layers_dims[l - 1]) ** 0.5
        parameters[f"W{l}"] = torch.randn(layers_dims[l], layers_dims[l - 1], dtype=torch.float64, requires_grad=True) * scale
        parameters[f"b{l}"] = torch.zeros(layers_dims[l], 1, dtype=torch.float64, requires_grad=True)
    return parameters


def forward_propagation(X, parameters):
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A = torch.relu(parameters[f"W{l}"] @ A + parameters[f"b{l}"])
    return torch.softmax(parameters[f"W{L}"] @ A + parameters[f"b{L}"], dim=0)


def compute_total_loss(logits, labels):
    # the default reduction
    return F.cross_entropy(logits.T, labels.T)


def train_step(X, Y, parameters, optimizer):
    loss = compute_total_loss(forward_propagation(X, parameters), Y)
    loss.backward()
    optimizer.step()
    return loss.item()
