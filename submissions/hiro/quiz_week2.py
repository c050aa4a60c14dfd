def Q1():
    return 1000 // 64

Q2 = "D"
Q3 = "c"
Q4 = float("nan")
Q5 = "d"
Q6 = {"b"}
Q7 = 0.1
Q8 = "C"
Q9 = 0.2
Q10 = {"a", "c", "d", "e"}
