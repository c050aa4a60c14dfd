# Chiara, quiz 1
import math

Q1 = "B"
Q2 = " d "
Q3 = "a, d"
Q4 = 11 - 3
Q5 = 1 - 0.5 * 2 / 10
Q6 = ["b", "c", "d"]
Q7 = ("a", "b", "e")
Q8 = "C"
Q9 = 2 / 50
Q10 = "d"
