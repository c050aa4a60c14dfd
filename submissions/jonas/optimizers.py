import numpy as np
print("loading optimizers.py ...")


def update_parameters_with_gd(parameters, grads, learning_rate):
    print("update_parameters_with_gd called")
    print("parameters:", parameters)
    print("grads:", grads)
    for k in parameters:
        print(k, "before", parameters[k])
        parameters[k] = parameters[k] - learning_rate * grads["d" + k]
        print(k, "after", parameters[k])
    return parameters


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    print("X", X.shape, "Y", Y.shape)
    np.random.seed(seed)
    m = X.shape[1]
    idx = np.random.permutation(m)
    print("permutation", idx)
    batches = []
    i = 0
    while i < m:
        j = min(i + mini_batch_size, m)
        print("batch from", i, "to", j)
        batches.append((X[:, idx[i:j]], Y[:, idx[i:j]]))
        i = j
    return batches


def exponentially_weighted_average(values, beta, bias_correction=True):
    v, out = 0, []
    for t, x in enumerate(values):
        v = beta * v + (1 - beta) * x
        print("t =", t, "v =", v)
        out += [v / (1 - beta ** (t + 1))] if bias_correction else [v]
    print("result", out)
    return np.asarray(out)


def initialize_velocity(parameters):
    v = {}
    for k in parameters:
        print(k, parameters[k].shape)
        v["d" + k] = np.zeros(parameters[k].shape)
    return v


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for k in parameters:
        g = grads["d" + k]
        v["d" + k] = beta * v["d" + k] + (1 - beta) * g
        print("velocity", k, v["d" + k].tolist())
        parameters[k] = parameters[k] - learning_rate * g
    return parameters, v


def initialize_rmsprop(parameters):
    print("initialize_rmsprop")
    return initialize_velocity(parameters)


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    for k in parameters:
        g = grads["d" + k]
        s["d" + k] = beta * s["d" + k] + (1 - beta) * g ** 2
        print("s", s["d" + k])
        parameters[k] = parameters[k] - learning_rate * g / (np.sqrt(s["d" + k]) + epsilon)
    return parameters, s


def initialize_adam(parameters):
    print("initialize_adam")
    return initialize_velocity(parameters), initialize_velocity(parameters)


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    print("adam step", t)
    for k in parameters:
        g = grads["d" + k]
        v["d" + k] = beta1 * v["d" + k] + (1 - beta1) * g
        s["d" + k] = beta2 * s["d" + k] + (1 - beta2) * g ** 2
        vc = v["d" + k] / (1 - beta1 ** t)
        sc = s["d" + k] / (1 - beta1 ** t)
        print("vc", vc, "sc", sc)
        parameters[k] = parameters[k] - learning_rate * vc / (np.sqrt(sc) + epsilon)
    return parameters, v, s


def update_lr(learning_rate0, epoch_num, decay_rate):
    print(learning_rate0, epoch_num, decay_rate)
    return learning_rate0 / (1 + decay_rate * epoch_num)


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    print("interval", epoch_num // time_interval)
    return learning_rate0 / (1 + decay_rate * (epoch_num // time_interval))


for i in range(5000):
    print("test", i, update_lr(0.5, i, 1))
print("done")
