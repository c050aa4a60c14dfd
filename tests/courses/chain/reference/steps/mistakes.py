from grader.course.declare import mistake


@mistake("half", "The numbers are doubled.", "Half of four is two.", "Look at the operator.")
def doubled(x):
    return x * 2
