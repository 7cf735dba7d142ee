"""C types of what `_board.py` names; without a compiler nobody reads this."""
cimport cython

cdef bint _C
cdef int _NEVER

cdef class Board:
    cdef int n, resources
    cdef int[::1] vo, vb, ve, vc, cal, dur, row, jl, jh, no, ne, nr, nq, nv, ro, rt, rf
    cdef int[::1] base, ln, tt, ff, x, ws, wf

    @cython.locals(r=int, first=int, i=int)
    cdef void _clear(self) noexcept
    @cython.locals(low=int, high=int, mid=int)
    cdef int _find(self, int r, int t) noexcept
    @cython.locals(end=int, i=int)
    cdef int _fit(self, int r, int at, int d, int q) noexcept
    @cython.locals(first=int, stop=int, i=int)
    cdef int _fit_back(self, int r, int at, int d, int q) noexcept
    @cython.locals(r=int, q=int, v=int, end=int, view=int, i=int)
    cdef int _fit_view(self, int k, int j, int at) noexcept
    @cython.locals(r=int, q=int, d=int, v=int, view=int, i=int)
    cdef int _fit_view_back(self, int k, int j, int at) noexcept
    @cython.locals(r=int, q=int, d=int, held=int, v=int, end=int, p=int, first=int, i=int, last=int)
    cdef int _short(self, int k, int j, int at) noexcept
    @cython.locals(c=int, d=int)
    cdef void _stand(self, int j, int at) noexcept
    @cython.locals(d=int, k=int, r=int, q=int, v=int, p=int, left=int, first=int, last=int)
    cdef void _book(self, int j, int at) noexcept
    @cython.locals(i=int, j=int, k=int)
    cdef void _take(self, int r, int first, int last, int q) noexcept
    @cython.locals(i=int, end=int, k=int)
    cdef int _split(self, int r, int t) noexcept
    @cython.locals(low=int, high=int, mid=int)
    cdef int _piece(self, int v, int at) noexcept
    cdef int _sigma(self, int v, int at) noexcept
    @cython.locals(first=int, high=int, low=int, mid=int, p=int)
    cdef int _rank(self, int v, int t) noexcept
    @cython.locals(w=int)
    cdef int _shift(self, int v, int t, int lag) noexcept
