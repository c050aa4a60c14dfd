from grader.course.worked import said


def update_lr(learning_rate0, epoch_num, decay_rate=0.1):
    grown = 1 + decay_rate * epoch_num
    yield f"Every epoch counts {said(decay_rate)}, on top of 1: 1 + {epoch_num} · {said(decay_rate)}.", grown
    yield f"The rate at the start, {said(learning_rate0)}, is divided by it.", learning_rate0 / grown
