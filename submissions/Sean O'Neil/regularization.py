import numpy as np

def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cost = compute_cost(A3, Y)
    for i in [1, 2, 3]:
        cost += lambd / (2 * m) * np.linalg.norm(parameters["W" + str(i)])
    return cost

def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m + lambd / m * W3
    db3 = dZ3.sum(axis=1, keepdims=True) / m
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T / m + lambd / m * W2
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m + lambd / m * W2
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    return dict(dZ3=dZ3, dW3=dW3, db3=db3, dA2=dA2, dZ2=dZ2, dW2=dW2, db2=db2, dA1=dA1, dZ1=dZ1, dW1=dW1, db1=db1)

def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    p = parameters
    Z1 = p["W1"] @ X + p["b1"]
    A1 = relu(Z1)
    D1 = np.random.randn(*A1.shape) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = p["W2"] @ A1 + p["b2"]
    A2 = relu(Z2)
    D2 = np.random.randn(*A2.shape) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = p["W3"] @ A2 + p["b3"]
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, p["W1"], p["b1"], Z2, D2, A2, p["W2"], p["b2"], Z3, A3, p["W3"], p["b3"])

def early_stopping(dev_errors, patience):
    best, waited = 0, 0
    for i, e in enumerate(dev_errors):
        if e < dev_errors[best]:
            best, waited = i, 0
        elif i > 0:
            waited += 1
        if waited > patience:
            break
    return best
