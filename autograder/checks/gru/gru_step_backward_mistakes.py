"""Wrong implementations of ``gru_step_backward``."""

import numpy as np

from autograder.checks.gru.common import thirds


class Back:
    """The gradients of a step part by part; each misconception exchanges one of the parts."""

    def __init__(self, dh_t, x_t, h_prev, r, z, n, W_xh, W_hh, b_h):
        self.dh_t, self.x_t, self.h_prev, self.r, self.z, self.n = dh_t, x_t, h_prev, r, z, n
        self.W_xh, self.W_hh, self.b_h = W_xh, W_hh, b_h

    def h_n(self):
        return thirds(self.h_prev @ self.W_hh + self.b_h)[2]

    def through_tanh(self):
        return 1 - self.n**2

    def through_sigmoid(self, s):
        return s * (1 - s)

    def dn(self):
        return self.dh_t * (1 - self.z)

    def dz(self):
        return self.dh_t * (self.h_prev - self.n)

    def dr(self):
        return self.dn() * self.through_tanh() * self.h_n()

    def parts(self):
        return (
            self.dr() * self.through_sigmoid(self.r),
            self.dz() * self.through_sigmoid(self.z),
            self.dn() * self.through_tanh(),
        )

    def order(self, da_r, da_z, da_n):
        return np.concatenate([da_r, da_z, da_n], axis=1)

    def da_x(self):
        return self.order(*self.parts())

    def da_h(self):
        da_r, da_z, da_n = self.parts()
        return self.order(da_r, da_z, da_n * self.r)

    def straight(self):
        return self.dh_t * self.z

    def from_gates(self):
        return self.da_h() @ self.W_hh.T

    def dW_hh(self):
        return self.h_prev.T @ self.da_h()

    def db_h(self):
        return self.da_h().sum(axis=0)

    def gradients(self):
        da_x = self.da_x()
        return (
            da_x @ self.W_xh.T,
            self.straight() + self.from_gates(),
            self.x_t.T @ da_x,
            self.dW_hh(),
            da_x.sum(axis=0),
            self.db_h(),
        )


def with_parts(**parts):
    """A wrong function: ``Back`` with some methods exchanged."""
    exchanged = type("Exchanged", (Back,), parts)

    def wrong(**inputs):
        return exchanged(**inputs).gradients()

    return wrong


def without_block(which):
    """No path from gate number ``which`` to the old state."""

    def from_gates(self):
        blocks = zip(thirds(self.da_h()), thirds(self.W_hh), strict=True)
        return sum(da @ W.T for k, (da, W) in enumerate(blocks) if k != which)

    return with_parts(from_gates=from_gates)


def zeros(self):
    return np.zeros_like(self.dh_t)


def blocks_not_transposed(self):
    return sum(da @ W for da, W in zip(thirds(self.da_h()), thirds(self.W_hh), strict=True))


def _other_convention(self):
    """The way back through n = tanh(x_n + (r * h_prev) W_hn + b_hn)."""
    W_hn = thirds(self.W_hh)[2]
    da_n = self.dn() * self.through_tanh()
    d_reset = da_n @ W_hn.T  # gradient of r * h_prev
    da_r = d_reset * self.h_prev * self.r * (1 - self.r)
    return da_r, self.dz() * self.through_sigmoid(self.z), da_n, d_reset


def other_parts(self):
    return _other_convention(self)[:3]


def other_from_gates(self):
    da_r, da_z, _, d_reset = _other_convention(self)
    W_hr, W_hz, _ = thirds(self.W_hh)
    return da_r @ W_hr.T + da_z @ W_hz.T + d_reset * self.r


def other_dW_hh(self):
    da_r, da_z, da_n, _ = _other_convention(self)
    return np.concatenate([self.h_prev.T @ da_r, self.h_prev.T @ da_z, (self.r * self.h_prev).T @ da_n], axis=1)


def other_db_h(self):
    return self.da_x().sum(axis=0)


def back_mean(**inputs):
    dx_t, dh_prev, *weights = Back(**inputs).gradients()
    return dx_t, dh_prev, *(d / len(dx_t) for d in weights)
