"""C types of what `_builder.py` names; without a compiler nobody reads this."""
cimport cython

from imsgen.solver._joint cimport Joint

cdef int _ORDER

cdef class Builder(Joint):
    cdef int floor
    cdef int[::1] jd, la, lb, al, ah, io, ap, asu, ak, aa, av, oo, oe, work

    cdef void _empty(self) noexcept
    cdef void _put(self, int j, int at) noexcept
    @cython.locals(i=int, j=int, at=int)
    cdef int _forward(self) noexcept
    @cython.locals(i=int, j=int, d=int, at=int)
    cdef int _backward(self, int finish) noexcept
    @cython.locals(low=int, e=int, p=int, k=int, t=int, bound=int)
    cdef int _low(self, int j) noexcept
    @cython.locals(high=int, i=int, e=int, s=int, k=int, lag=int, v=int, bound=int)
    cdef int _high(self, int j) noexcept
    @cython.locals(t=int, w=int)
    cdef int _latest(self, int j, int s, int k, int lag, int v) noexcept
    @cython.locals(d=int, i=int, before=int, k=int)
    cdef int _place(self, int j, int at) noexcept
    @cython.locals(d=int, i=int, before=int, k=int)
    cdef int _place_back(self, int j, int at) noexcept
    @cython.locals(d=int, q="long long", i=int, before=int)
    cdef int _place_joint(self, int j, int at) noexcept
    @cython.locals(d=int, q="long long", i=int, before=int)
    cdef int _place_joint_back(self, int j, int at) noexcept
    @cython.locals(low=int, high=int, mid=int)
    cdef int _room(self, int j, int at) noexcept
    @cython.locals(finish=int, j=int)
    cdef int _finish(self) noexcept
