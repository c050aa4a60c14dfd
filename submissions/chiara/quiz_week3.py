# Chiara, quiz 3
import numpy as np

Q1 = 36
Q2 = 1 / 4
Q3 = "d"
Q4 = ["a", "b", "e"]
x = np.array([0.0, 0, 6, 6])
Q5 = 10 * (6 - x.mean()) / (x.std() + 16) + 1
Q6 = "b"
Q7 = {"c", "d"}
z = np.exp([0, np.log(3), np.log(4)])
Q8 = (z / z.sum())[1]
Q9 = 0.1 - 1
Q10 = "b"
