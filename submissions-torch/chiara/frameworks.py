# Everything from the formulas, with prints left in.
import math
import matplotlib.pyplot as plt
import torch
from torch import nn

torch.set_default_dtype(torch.float64)


def linear_function(W, X, b):
    Z = torch.einsum("ij,jk->ik", W, X)
    Z += b
    return Z


def sigmoid(z):
    return torch.where(z >= 0, 1 / (1 + torch.exp(-z.abs())), 1 - 1 / (1 + torch.exp(-z.abs())))


def one_hot_matrix(label, C):
    m = label.numel()
    out = torch.zeros(C, m)
    out[label, torch.arange(m)] = 1.0
    print("one hot:", out.shape)
    return out


def initialize_parameters(layers_dims, seed):
    torch.manual_seed(seed)
    parameters = {}
    for l, (n_in, n_out) in enumerate(zip(layers_dims[:-1], layers_dims[1:]), start=1):
        parameters[f"W{l}"] = nn.Parameter(torch.randn(n_out, n_in) * math.sqrt(2.0 / n_in))
        parameters[f"b{l}"] = nn.Parameter(torch.zeros(n_out, 1))
    return parameters


def forward_propagation(X, parameters):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        X = parameters[f"W{l}"] @ X + parameters[f"b{l}"]
        if l < L:
            X = X.clamp(min=0)
    return X


def compute_total_loss(logits, labels):
    shifted = logits - logits.max(dim=0, keepdim=True).values
    log_probabilities = shifted - torch.log(torch.exp(shifted).sum(dim=0, keepdim=True))
    total = torch.tensor(0.0)
    for i in range(labels.shape[1]):
        total = total - (labels[:, i] * log_probabilities[:, i]).sum()
    return total


def train_step(X, Y, parameters, optimizer):
    for parameter in parameters.values():
        parameter.grad = None
    J = compute_total_loss(forward_propagation(X, parameters), Y) / Y.size(1)
    J.backward()
    optimizer.step()
    print("cost", J.item())
    return J


costs = []
demo = initialize_parameters([2, 4, 2], 0)
sgd = torch.optim.SGD(list(demo.values()), lr=0.1)
for _ in range(5):
    costs.append(float(train_step(torch.randn(2, 10), one_hot_matrix(torch.randint(0, 2, (10,)), 2), demo, sgd)))
plt.plot(costs)
plt.show()
