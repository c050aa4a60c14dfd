"""Week 2 - written in Notepad"""
import numpy as np


def update_parameters_with_gd(parameters, grads, learning_rate):
	for name in list(parameters):
		parameters[name] = np.subtract(parameters[name], np.multiply(learning_rate, grads["d" + name]))
	return parameters


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
	np.random.seed(seed)
	m = X.shape[1]
	order = np.random.permutation(m)
	batches = []
	for first in range(0, m, mini_batch_size):
		chosen = order[first:first + mini_batch_size]
		batches.append((np.take(X, chosen, axis=1), np.take(Y, chosen, axis=1)))
	return batches


def exponentially_weighted_average(values, beta, bias_correction=True):
	n = len(values)
	t = np.arange(n)
	# all weights at once: entry (t, i) is what value i counts at step t
	weights = np.where(t[:, None] >= t[None, :], (1 - beta) * beta ** np.maximum(t[:, None] - t[None, :], 0), 0)
	averages = weights @ np.asarray(values)
	return averages / weights.sum(axis=1) if bias_correction else averages


def initialize_velocity(parameters):
	return dict(("d" + name, np.zeros(value.shape)) for name, value in parameters.items())


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
	for name in list(parameters):
		v["d" + name] = np.add(np.multiply(beta, v["d" + name]), np.multiply(1 - beta, grads["d" + name]))
		parameters[name] = np.subtract(parameters[name], np.multiply(learning_rate, v["d" + name]))
	return parameters, v


def initialize_rmsprop(parameters):
	return dict(("d" + name, np.zeros(value.shape)) for name, value in parameters.items())


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
	for name in list(parameters):
		g = grads["d" + name]
		s["d" + name] = beta * s["d" + name] + (1 - beta) * np.square(g)
		parameters[name] = parameters[name] - learning_rate * g / np.sqrt(s["d" + name])
	return parameters, s


def initialize_adam(parameters):
	return initialize_velocity(parameters), initialize_rmsprop(parameters)


def update_lr(learning_rate0, epoch_num, decay_rate):
	return np.divide(learning_rate0, 1 + np.multiply(decay_rate, epoch_num))


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
	return update_lr(learning_rate0, np.floor_divide(epoch_num, time_interval), decay_rate)


def classify_critical_point(hessian):
	eigenvalues = np.linalg.eigvalsh(hessian)
	limit = 1e-9 * np.max(np.absolute(eigenvalues))
	positive = np.count_nonzero(eigenvalues > limit)
	negative = np.count_nonzero(eigenvalues < -limit)
	if positive and negative:
		return "saddle"
	if positive + negative < len(eigenvalues):
		return "degenerate"
	return "minimum" if positive else "maximum"
