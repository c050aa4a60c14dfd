import numpy as np
import torch
import torch.nn.functional as F


def linear_function(W, X, b):
    return torch.matmul(W, X) + b


def sigmoid(z):
    return torch.sigmoid(z)


def one_hot_matrix(label, C):
    return F.one_hot(label.long(), num_classes=C).t().double()


def initialize_parameters(layers_dims, seed):
    torch.manual_seed(seed)
    parameters = {}
    for l in range(1, len(layers_dims)):
        W = torch.empty(layers_dims[l], layers_dims[l - 1], dtype=torch.float64)
        torch.nn.init.kaiming_normal_(W, nonlinearity="relu")
        parameters["W" + str(l)] = W.requires_grad_(True)
        parameters["b" + str(l)] = torch.zeros((layers_dims[l], 1), dtype=torch.float64, requires_grad=True)
    return parameters


def forward_propagation(X, parameters):
    L = len(parameters) // 2
    A = X
    for l in range(1, L + 1):
        Z = linear_function(parameters["W" + str(l)], A, parameters["b" + str(l)])
        A = F.relu(Z)
    return Z


def compute_total_loss(logits, labels):
    return F.cross_entropy(logits.T, labels.T, reduction="sum")


def train_step(X, Y, parameters, optimizer):
    logits = forward_propagation(X, parameters)
    loss = compute_total_loss(logits, Y) / X.shape[1]
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


if __name__ == "__main__":
    torch.manual_seed(0)
    X = torch.randn(4, 60, dtype=torch.float64)
    Y = one_hot_matrix((X[0] > 0).long() + (X[1] > 1).long(), 3)
    parameters = initialize_parameters([4, 8, 3], seed=1)
    optimizer = torch.optim.Adam(parameters.values(), lr=0.01)
    for epoch in range(100):
        print(epoch, float(train_step(X, Y, parameters, optimizer)))
