# Chiara, quiz 2
import math

Q1 = math.ceil(1000 / 64)
Q2 = "a"
Q3 = "A"

v = 0
for x in (4, 8, 2):
    v = 0.5 * v + 0.5 * x
Q4 = v

Q5 = "b"
Q6 = {"B", "D"}
s = 0.25 * 6**2
Q7 = 0.1 * 6 / s
Q8 = "a"
Q9 = 0.8 / (1 + 0.5 * (250 / 100))
Q10 = "c, e"
