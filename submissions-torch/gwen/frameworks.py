import torch

device = "cuda"


def linear_function(W, X, b):
    return W @ X + b


def sigmoid(z):
    return torch.sigmoid(z)


weights = torch.zeros(3, 2, dtype=torch.float64).to(device)


def one_hot_matrix(label, C):
    return torch.nn.functional.one_hot(label, C).T.to(device)
