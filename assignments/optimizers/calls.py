"""How `optimizers` is called where one plain call would not show everything."""


def initialize_adam(student, parameters):
    """Fill v after the call, as training does: s stays as it is, unless the two are one dictionary."""
    state = student.initialize_adam(parameters)
    if not isinstance(state, (tuple, list)) or len(state) != 2 or state[0] is not state[1]:
        return state
    v = dict(state[0])
    for key, value in v.items():
        state[1][key] = value + 5
    return v, state[1]
