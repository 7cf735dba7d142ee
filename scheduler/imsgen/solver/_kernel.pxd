"""C types of what `_kernel.py` names; without a compiler nobody reads this."""
cimport cython

from imsgen.solver._ties cimport Ties

cdef bint _C
cdef int _DIGITS
cdef int _FAITHFUL, _GRAFTS

cdef class Kernel(Ties):
    cdef int finish
    cdef public long long spent
    cdef long long state, late, early, overdue
    cdef int[::1] dr, dv, dd, dw, go, gm, gd, gw, gf, counts
    cdef int[::1] bx, bs, bf, order, stack, cursor, done
    cdef int[::1] key, digits

    @cython.locals(n=int, i=int, j=int, r=int)
    cdef int _load(self, values, int[::1] target) except -1
    cdef int _improve(self, int rounds) noexcept
    @cython.locals(built=int)
    cdef int _begin(self) noexcept
    @cython.locals(late="long long", finish=int, early="long long", better=int)
    cdef void _push(self, int rounds) noexcept
    @cython.locals(built=int)
    cdef int _again(self, int finish) noexcept
    cdef int _compare(self, long long late, int finish, long long early) noexcept
    cdef int _random(self, int below) noexcept
    @cython.locals(n=int, i=int, child="int[::1]", done="int[::1]")
    cdef void _mix(self) noexcept
    @cython.locals(n=int, length=int, first=int, i=int, k=int, mother="int[::1]",
                   father="int[::1]", child="int[::1]", done="int[::1]", job="int[::1]")
    cdef void _reorder(self) noexcept
    @cython.locals(n=int, length=int, first=int, i=int, k=int, mother="int[::1]",
                   father="int[::1]", child="int[::1]", done="int[::1]", job="int[::1]")
    cdef void _graft(self) noexcept
    @cython.locals(i=int, j=int, k=int, first=int)
    cdef void _stray(self, int[::1] child) noexcept
    @cython.locals(n=int, i=int, j=int, k=int, least=int, most=int, times="int[::1]",
                   key="int[::1]", order="int[::1]")
    cdef void _sort(self, int by_finish) noexcept
    @cython.locals(n=int, i=int, j=int, k=int, at=int, count=int, shift=int, key="int[::1]",
                   order="int[::1]", digits="int[::1]", tmp="int[::1]")
    cdef void _radix(self, int most) noexcept
    @cython.locals(n=int, i=int, j=int, k=int, done="int[::1]", work="int[::1]")
    cdef int _arranged(self, int[::1] order, int forward) noexcept
    @cython.locals(n=int, filled=int, i=int, j=int, k=int, p=int, top=int, done="int[::1]",
                   stack="int[::1]", cursor="int[::1]", offsets="int[::1]")
    cdef void _arrange(self, int[::1] order, int forward) noexcept
    @cython.locals(late="long long", early="long long", i=int, over="long long", g=int, last=int, j=int, r=int)
    cdef void _measure(self) noexcept
    @cython.locals(j=int)
    cdef void _keep(self) noexcept
    @cython.locals(j=int)
    cdef void _restore(self) noexcept
