"""What has to hold where the answer is rounding noise in part."""

import math

#: The error that rounding may make, as a multiple of the spacing of floats near one over the shift.
ROUNDING = 40 * 2.0**-52


def errors_fall_then_rise(inputs, returned):
    """the error shrinks with the square of the shift until rounding takes over"""
    for shift, error in zip(inputs["epsilon"], returned, strict=True):
        # An exponential is too steep by this share between two points that are a shift to either side.
        steeper = math.sinh(shift) / shift - 1
        curvature, rounding = steeper / (2 + steeper), ROUNDING / shift
        if not abs(error - curvature) <= 1e-3 * curvature + rounding:
            return (
                f"With a shift of {shift:g} the relative difference is {error:.3g}; curvature makes it "
                f"{curvature:.3g} there, and rounding no more than {rounding:.0e}."
            )
    return None
