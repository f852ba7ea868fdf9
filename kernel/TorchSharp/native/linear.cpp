// Products and decompositions.
#include "abi.h"

using af::list;
using af::num;

#define BINARY(name) OP(name, (H a, H b, H* out), (a, b), at::name(*a, *b))
BINARY(matmul) BINARY(mm) BINARY(bmm) BINARY(mv) BINARY(dot) BINARY(vdot) BINARY(inner) BINARY(outer) BINARY(kron)
OP(addmm, (H a, H b, H c, double beta, double alpha, H* out), (a, b, c), at::addmm(*a, *b, *c, beta, alpha))
DO(addmm_, (H a, H b, H c, double beta, double alpha), (a, b, c), a->addmm_(*b, *c, beta, alpha))
OP(addmv, (H a, H b, H c, double beta, double alpha, H* out), (a, b, c), at::addmv(*a, *b, *c, beta, alpha))
DO(addmv_, (H a, H b, H c, double beta, double alpha), (a, b, c), a->addmv_(*b, *c, beta, alpha))
OP(addr, (H a, H b, H c, double beta, double alpha, H* out), (a, b, c), at::addr(*a, *b, *c, beta, alpha))
DO(addr_, (H a, H b, H c, double beta, double alpha), (a, b, c), a->addr_(*b, *c, beta, alpha))
OP(addbmm, (H a, H b, H c, double beta, double alpha, H* out), (a, b, c), at::addbmm(*a, *b, *c, beta, alpha))
DO(addbmm_, (H a, H b, H c, double beta, double alpha), (a, b, c), a->addbmm_(*b, *c, beta, alpha))
OP(baddbmm, (H a, H b, H c, double beta, double alpha, H* out), (a, b, c), at::baddbmm(*a, *b, *c, beta, alpha))
OP(einsum, (const char* equation, const H* many, int n, H* out), (), at::einsum(equation, af::tensors(many, n)))
OP(tensordot, (H a, H b, const int64_t* dims1, int n, const int64_t* dims2, int m, H* out), (a, b),
   at::tensordot(*a, *b, list(dims1, n), list(dims2, m)))
OP(matrix_power, (H a, int64_t power, H* out), (a), at::matrix_power(*a, power))

OP2(linalg_qr, (H a, const char* mode, H* out, H* out2), (a), at::linalg_qr(*a, mode))
OP3(linalg_svd, (H a, int full_matrices, H* out, H* out2, H* out3), (a), at::linalg_svd(*a, full_matrices != 0))
OP(linalg_svdvals, (H a, H* out), (a), at::linalg_svdvals(*a))
OP2(linalg_eigh, (H a, const char* uplo, H* out, H* out2), (a), at::linalg_eigh(*a, uplo))
OP(linalg_eigvalsh, (H a, const char* uplo, H* out), (a), at::linalg_eigvalsh(*a, uplo))
OP(linalg_cholesky, (H a, H* out), (a), at::linalg_cholesky(*a))
OP(linalg_inv, (H a, H* out), (a), at::linalg_inv(*a))
OP(linalg_det, (H a, H* out), (a), at::linalg_det(*a))
OP2(linalg_slogdet, (H a, H* out, H* out2), (a), at::linalg_slogdet(*a))
OP(linalg_solve, (H a, H b, H* out), (a, b), at::linalg_solve(*a, *b))
OP2(linalg_lstsq, (H a, H b, H* out, H* out2), (a, b), [&] {
    auto all = at::linalg_lstsq(*a, *b);
    return std::make_tuple(std::get<0>(all), std::get<1>(all));
}())
OP(linalg_pinv, (H a, const double* atol, const double* rtol, int hermitian, H* out), (a),
   at::linalg_pinv(*a, atol ? c10::optional<double>(*atol) : c10::nullopt, rtol ? c10::optional<double>(*rtol) : c10::nullopt, hermitian != 0))
OP(linalg_matrix_rank, (H a, const double* atol, const double* rtol, int hermitian, H* out), (a),
   at::linalg_matrix_rank(*a, atol ? c10::optional<double>(*atol) : c10::nullopt, rtol ? c10::optional<double>(*rtol) : c10::nullopt, hermitian != 0))
OP(linalg_norm, (H a, const double* ord, const int64_t* dims, int n, int keepdim, H* out), (a),
   at::linalg_norm(*a, ord ? c10::optional<at::Scalar>(*ord) : c10::nullopt, n ? at::OptionalIntArrayRef(list(dims, n)) : at::OptionalIntArrayRef(), keepdim != 0))
OP(linalg_norm_named, (H a, const char* ord, const int64_t* dims, int n, int keepdim, H* out), (a),
   at::linalg_norm(*a, c10::string_view(ord), n ? at::OptionalIntArrayRef(list(dims, n)) : at::OptionalIntArrayRef(), keepdim != 0))
OP(linalg_matrix_exp, (H a, H* out), (a), at::matrix_exp(*a))
OP(linalg_multi_dot, (const H* many, int n, H* out), (), at::linalg_multi_dot(af::tensors(many, n)))
OP(linalg_diagonal, (H a, int64_t offset, int64_t dim1, int64_t dim2, H* out), (a), at::diagonal(*a, offset, dim1, dim2))
