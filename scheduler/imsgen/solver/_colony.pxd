"""C types of what `_colony.py` names; without a compiler nobody reads this."""
cimport cython

from imsgen.solver._kernel cimport Kernel

cdef int _ROUNDS, _RIVALS, _PATIENCE

cdef class Colony(Kernel):
    cdef public int size, members, idle, found
    cdef int top_finish
    cdef long long top_late, top_early
    cdef int[::1] pool, finishes, top_rows, top_starts, top_ends
    cdef long long[::1] lates, earlies

    cpdef breed(self, long long until, long long late, long long finish)
    @cython.locals(i=int, at=int)
    cdef int _admit(self) noexcept
    @cython.locals(i=int)
    cdef int _known(self) noexcept
    @cython.locals(j=int)
    cdef void _praise(self) noexcept
    @cython.locals(worst=int, k=int)
    cdef int _worst(self) noexcept
    cdef int _beats(self, int i, int k) noexcept
    @cython.locals(one=int, two=int)
    cdef int _parent(self) noexcept
    @cython.locals(n=int, i=int, mother=int, father=int, child="int[::1]")
    cdef void _child(self) noexcept
