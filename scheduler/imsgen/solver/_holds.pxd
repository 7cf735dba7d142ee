"""C types of what `_holds.py` names; without a compiler nobody reads this."""
cimport cython

from imsgen.solver._ways cimport Ways

cdef class Holds(Ways):
    cdef int holds
    cdef int[::1] hr, hq, hl, hb, he, om, oj, ok, os, hs, hf

    @cython.locals(h=int)
    cdef void _give_back(self) noexcept
    @cython.locals(h=int)
    cdef void _reserve(self) noexcept
    @cython.locals(changed=int, h=int, begin=int, end=int, r=int, i=int, meets=int)
    cdef int _overheld(self) noexcept
    @cython.locals(found=int, i=int, j=int)
    cdef int _moment(self, int v) noexcept
