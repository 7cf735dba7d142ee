"""C types of what `_joint.py` names; without a compiler nobody reads this."""
cimport cython

from imsgen.solver._board cimport Board

cdef int _NEVER

cdef class Joint(Board):
    cdef int joint, hint, last, nodes, first_steps
    cdef long long guard
    cdef int[::1] sn, fn, nt, nn, np, bt
    cdef long long[::1] jq, nf, bw

    @cython.locals(count=int, i=int)
    cdef void _clear_joint(self) noexcept
    @cython.locals(k=int)
    cdef int _seek(self, int i, int t) noexcept
    @cython.locals(first=int, i=int, k=int)
    cdef int _fit_joint(self, int at, int d, long long q) noexcept
    @cython.locals(stop=int, i=int, k=int)
    cdef int _fit_joint_back(self, int at, int d, long long q) noexcept
    @cython.locals(d=int, i=int, k=int, q="long long")
    cdef void _book_joint(self, int j, int at) noexcept
    @cython.locals(k=int, after=int)
    cdef int _cut(self, int i, int t) noexcept
