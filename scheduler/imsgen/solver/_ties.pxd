"""C types of what `_ties.py` names; without a compiler nobody reads this."""
cimport cython

from imsgen.solver._holds cimport Holds

cdef int _NEVER, _FROM_FINISH, _TO_FINISH, _UPPER, _OF_SUCCESSOR, _OF_PREDECESSOR, _REPAIRS

cdef class Ties(Holds):
    cdef int tied, again
    cdef int[::1] eff, to, tk, tl, ts, eo, ej, ei, ev, et, lo, le, holder
    cdef int[::1] mo, mk, mf, mc, ml, mh, chosen, preset, moved, before

    cdef int _onward(self) noexcept
    cdef int _onback(self, int finish) noexcept
    @cython.locals(j=int, key=int, repairs=int, done=int)
    cdef int _forward_tied(self) noexcept
    @cython.locals(key=int, i=int, j=int, at=int)
    cdef int _attempt(self) noexcept
    @cython.locals(over=int)
    cdef int _counted(self) noexcept
    @cython.locals(low=int, t=int, m=int, at=int, fits=int)
    cdef int _ahead(self, int j) noexcept
    @cython.locals(s=int, e=int, k=int, p=int, event=int, v=int, bound=int)
    cdef void _delay(self, int t, int at) noexcept
    @cython.locals(j=int, t=int, key=int, repairs=int, done=int)
    cdef int _backward_tied(self, int finish) noexcept
    @cython.locals(key=int, i=int, j=int, at=int)
    cdef int _attempt_back(self, int finish) noexcept
    @cython.locals(d=int, low=int, at=int, t=int, e=int, bound=int, i=int, view=int, m=int)
    cdef int _behind(self, int j, int finish) noexcept
    @cython.locals(fits=int, i=int, e=int, t=int, s=int, bound=int)
    cdef int _in_time(self, int j) noexcept
    @cython.locals(v=int)
    cdef int _lag_view(self, int t, int e) noexcept
    @cython.locals(p=int, event=int)
    cdef int _shifted(self, int t, int e) noexcept
    @cython.locals(first=int, found=int, e=int, other=int)
    cdef int _event(self, int t) noexcept
    @cython.locals(j=int, k=int, v=int, c=int)
    cdef int _bounded(self, int t, int instant) noexcept
    @cython.locals(m=int, key=int, i=int)
    cdef int _meets(self, int j, int at, int step) noexcept
    @cython.locals(m=int, key=int, i=int)
    cdef int _join(self, int j, int at, int step) noexcept
