"""C types of what `_ways.py` names; without a compiler nobody reads this."""
cimport cython

from imsgen.solver._builder cimport Builder

cdef int _NEVER

cdef class Ways(Builder):
    cdef int rows, several, loose, tried
    cdef int[::1] wo, wj, wcal, wdur, wl, wh, wd, wa, wb, wn, po, pk, pl, pv, free
    cdef long long[::1] wq

    @cython.locals(i=int, j=int, r=int)
    cdef void _go(self, int[::1] rows) noexcept
    @cython.locals(i=int, j=int, at=int)
    cdef int _settle(self) noexcept
    @cython.locals(j=int)
    cdef void _bind(self) noexcept
    @cython.locals(best=int, where=int, soonest=int, r=int, at=int, end=int)
    cdef int _first(self, int j) noexcept
    @cython.locals(e=int, i=int)
    cdef void _choose(self, int j, int r) noexcept
    @cython.locals(p=int, s=int, k=int)
    cdef void _pair(self, int e) noexcept
