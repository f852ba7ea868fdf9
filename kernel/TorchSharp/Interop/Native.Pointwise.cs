// Written by native/imports.py from native/pointwise.cpp.
using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "af_abs")]
    internal static partial int abs(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_abs_")]
    internal static partial int abs_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_neg")]
    internal static partial int neg(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_neg_")]
    internal static partial int neg_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_exp")]
    internal static partial int exp(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_exp_")]
    internal static partial int exp_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_exp2")]
    internal static partial int exp2(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_exp2_")]
    internal static partial int exp2_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_expm1")]
    internal static partial int expm1(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_expm1_")]
    internal static partial int expm1_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_log")]
    internal static partial int log(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_log_")]
    internal static partial int log_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_log2")]
    internal static partial int log2(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_log2_")]
    internal static partial int log2_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_log10")]
    internal static partial int log10(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_log10_")]
    internal static partial int log10_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_log1p")]
    internal static partial int log1p(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_log1p_")]
    internal static partial int log1p_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_sqrt")]
    internal static partial int sqrt(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_sqrt_")]
    internal static partial int sqrt_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_rsqrt")]
    internal static partial int rsqrt(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_rsqrt_")]
    internal static partial int rsqrt_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_square")]
    internal static partial int square(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_square_")]
    internal static partial int square_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_reciprocal")]
    internal static partial int reciprocal(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_reciprocal_")]
    internal static partial int reciprocal_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_sin")]
    internal static partial int sin(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_sin_")]
    internal static partial int sin_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_cos")]
    internal static partial int cos(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_cos_")]
    internal static partial int cos_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_tan")]
    internal static partial int tan(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_tan_")]
    internal static partial int tan_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_asin")]
    internal static partial int asin(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_asin_")]
    internal static partial int asin_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_acos")]
    internal static partial int acos(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_acos_")]
    internal static partial int acos_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_atan")]
    internal static partial int atan(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_atan_")]
    internal static partial int atan_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_sinh")]
    internal static partial int sinh(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_sinh_")]
    internal static partial int sinh_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_cosh")]
    internal static partial int cosh(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_cosh_")]
    internal static partial int cosh_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_tanh")]
    internal static partial int tanh(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_tanh_")]
    internal static partial int tanh_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_asinh")]
    internal static partial int asinh(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_asinh_")]
    internal static partial int asinh_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_acosh")]
    internal static partial int acosh(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_acosh_")]
    internal static partial int acosh_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_atanh")]
    internal static partial int atanh(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_atanh_")]
    internal static partial int atanh_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_sigmoid")]
    internal static partial int sigmoid(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_sigmoid_")]
    internal static partial int sigmoid_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_erf")]
    internal static partial int erf(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_erf_")]
    internal static partial int erf_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_erfc")]
    internal static partial int erfc(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_erfc_")]
    internal static partial int erfc_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_erfinv")]
    internal static partial int erfinv(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_erfinv_")]
    internal static partial int erfinv_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_floor")]
    internal static partial int floor(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_floor_")]
    internal static partial int floor_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_ceil")]
    internal static partial int ceil(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_ceil_")]
    internal static partial int ceil_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_trunc")]
    internal static partial int trunc(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_trunc_")]
    internal static partial int trunc_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_frac")]
    internal static partial int frac(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_frac_")]
    internal static partial int frac_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_sign")]
    internal static partial int sign(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_sign_")]
    internal static partial int sign_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_sgn")]
    internal static partial int sgn(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_sgn_")]
    internal static partial int sgn_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_relu")]
    internal static partial int relu(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_relu_")]
    internal static partial int relu_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_logical_not")]
    internal static partial int logical_not(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_logical_not_")]
    internal static partial int logical_not_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_bitwise_not")]
    internal static partial int bitwise_not(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_bitwise_not_")]
    internal static partial int bitwise_not_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_lgamma")]
    internal static partial int lgamma(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_lgamma_")]
    internal static partial int lgamma_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_digamma")]
    internal static partial int digamma(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_digamma_")]
    internal static partial int digamma_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_isnan")]
    internal static partial int isnan(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_isinf")]
    internal static partial int isinf(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_isfinite")]
    internal static partial int isfinite(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_isposinf")]
    internal static partial int isposinf(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_isneginf")]
    internal static partial int isneginf(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_signbit")]
    internal static partial int signbit(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_positive")]
    internal static partial int positive(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_log_sigmoid")]
    internal static partial int log_sigmoid(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_zero_")]
    internal static partial int zero_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_relu6")]
    internal static partial int relu6(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_relu6_")]
    internal static partial int relu6_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_silu")]
    internal static partial int silu(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_silu_")]
    internal static partial int silu_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_selu")]
    internal static partial int selu(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_selu_")]
    internal static partial int selu_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_hardsigmoid")]
    internal static partial int hardsigmoid(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_hardsigmoid_")]
    internal static partial int hardsigmoid_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_hardswish")]
    internal static partial int hardswish(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_hardswish_")]
    internal static partial int hardswish_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_gelu")]
    internal static partial int gelu(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_round")]
    internal static partial int round(TensorHandle a, long decimals, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_round_")]
    internal static partial int round_(TensorHandle a, long decimals);

    [LibraryImport(Library, EntryPoint = "af_mul")]
    internal static partial int mul(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_mul_")]
    internal static partial int mul_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_div")]
    internal static partial int div(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_div_")]
    internal static partial int div_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_floor_divide")]
    internal static partial int floor_divide(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_floor_divide_")]
    internal static partial int floor_divide_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_fmod")]
    internal static partial int fmod(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_fmod_")]
    internal static partial int fmod_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_remainder")]
    internal static partial int remainder(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_remainder_")]
    internal static partial int remainder_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_pow")]
    internal static partial int pow(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_pow_")]
    internal static partial int pow_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_atan2")]
    internal static partial int atan2(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_atan2_")]
    internal static partial int atan2_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_eq")]
    internal static partial int eq(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_eq_")]
    internal static partial int eq_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_ne")]
    internal static partial int ne(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_ne_")]
    internal static partial int ne_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_lt")]
    internal static partial int lt(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_lt_")]
    internal static partial int lt_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_le")]
    internal static partial int le(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_le_")]
    internal static partial int le_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_gt")]
    internal static partial int gt(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_gt_")]
    internal static partial int gt_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_ge")]
    internal static partial int ge(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_ge_")]
    internal static partial int ge_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_logical_and")]
    internal static partial int logical_and(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_logical_and_")]
    internal static partial int logical_and_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_logical_or")]
    internal static partial int logical_or(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_logical_or_")]
    internal static partial int logical_or_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_logical_xor")]
    internal static partial int logical_xor(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_logical_xor_")]
    internal static partial int logical_xor_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_bitwise_and")]
    internal static partial int bitwise_and(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_bitwise_and_")]
    internal static partial int bitwise_and_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_bitwise_or")]
    internal static partial int bitwise_or(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_bitwise_or_")]
    internal static partial int bitwise_or_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_bitwise_xor")]
    internal static partial int bitwise_xor(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_bitwise_xor_")]
    internal static partial int bitwise_xor_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_xlogy")]
    internal static partial int xlogy(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_xlogy_")]
    internal static partial int xlogy_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_maximum")]
    internal static partial int maximum(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_minimum")]
    internal static partial int minimum(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_fmax")]
    internal static partial int fmax(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_fmin")]
    internal static partial int fmin(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_hypot")]
    internal static partial int hypot(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_logaddexp")]
    internal static partial int logaddexp(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_logaddexp2")]
    internal static partial int logaddexp2(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_copysign")]
    internal static partial int copysign(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_float_power")]
    internal static partial int float_power(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_prelu")]
    internal static partial int prelu(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_heaviside")]
    internal static partial int heaviside(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_mul_scalar")]
    internal static partial int mul_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_mul_scalar_")]
    internal static partial int mul_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_div_scalar")]
    internal static partial int div_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_div_scalar_")]
    internal static partial int div_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_floor_divide_scalar")]
    internal static partial int floor_divide_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_floor_divide_scalar_")]
    internal static partial int floor_divide_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_fmod_scalar")]
    internal static partial int fmod_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_fmod_scalar_")]
    internal static partial int fmod_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_remainder_scalar")]
    internal static partial int remainder_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_remainder_scalar_")]
    internal static partial int remainder_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_pow_scalar")]
    internal static partial int pow_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_pow_scalar_")]
    internal static partial int pow_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_eq_scalar")]
    internal static partial int eq_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_eq_scalar_")]
    internal static partial int eq_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_ne_scalar")]
    internal static partial int ne_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_ne_scalar_")]
    internal static partial int ne_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_lt_scalar")]
    internal static partial int lt_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_lt_scalar_")]
    internal static partial int lt_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_le_scalar")]
    internal static partial int le_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_le_scalar_")]
    internal static partial int le_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_gt_scalar")]
    internal static partial int gt_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_gt_scalar_")]
    internal static partial int gt_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_ge_scalar")]
    internal static partial int ge_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_ge_scalar_")]
    internal static partial int ge_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_leaky_relu_scalar")]
    internal static partial int leaky_relu_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_fill_scalar_")]
    internal static partial int fill_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_leaky_relu_scalar_")]
    internal static partial int leaky_relu_scalar_(TensorHandle a, ScalarArg b);

    [LibraryImport(Library, EntryPoint = "af_rpow_scalar")]
    internal static partial int rpow_scalar(ScalarArg b, TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_add")]
    internal static partial int add(TensorHandle a, TensorHandle b, ScalarArg alpha, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_sub")]
    internal static partial int sub(TensorHandle a, TensorHandle b, ScalarArg alpha, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_add_scalar")]
    internal static partial int add_scalar(TensorHandle a, ScalarArg b, ScalarArg alpha, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_sub_scalar")]
    internal static partial int sub_scalar(TensorHandle a, ScalarArg b, ScalarArg alpha, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_rsub_scalar")]
    internal static partial int rsub_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_rdiv_scalar")]
    internal static partial int rdiv_scalar(TensorHandle a, ScalarArg b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_add_")]
    internal static partial int add_(TensorHandle a, TensorHandle b, ScalarArg alpha);

    [LibraryImport(Library, EntryPoint = "af_sub_")]
    internal static partial int sub_(TensorHandle a, TensorHandle b, ScalarArg alpha);

    [LibraryImport(Library, EntryPoint = "af_add_scalar_")]
    internal static partial int add_scalar_(TensorHandle a, ScalarArg b, ScalarArg alpha);

    [LibraryImport(Library, EntryPoint = "af_sub_scalar_")]
    internal static partial int sub_scalar_(TensorHandle a, ScalarArg b, ScalarArg alpha);

    [LibraryImport(Library, EntryPoint = "af_div_mode")]
    internal static partial int div_mode(TensorHandle a, TensorHandle b, int mode, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_div_mode_")]
    internal static partial int div_mode_(TensorHandle a, TensorHandle b, int mode);

    [LibraryImport(Library, EntryPoint = "af_addcmul")]
    internal static partial int addcmul(TensorHandle a, TensorHandle b, TensorHandle c, ScalarArg value, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_addcmul_")]
    internal static partial int addcmul_(TensorHandle a, TensorHandle b, TensorHandle c, ScalarArg value);

    [LibraryImport(Library, EntryPoint = "af_addcdiv")]
    internal static partial int addcdiv(TensorHandle a, TensorHandle b, TensorHandle c, ScalarArg value, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_addcdiv_")]
    internal static partial int addcdiv_(TensorHandle a, TensorHandle b, TensorHandle c, ScalarArg value);

    [LibraryImport(Library, EntryPoint = "af_lerp")]
    internal static partial int lerp(TensorHandle a, TensorHandle end, TensorHandle weight, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_lerp_")]
    internal static partial int lerp_(TensorHandle a, TensorHandle end, TensorHandle weight);

    [LibraryImport(Library, EntryPoint = "af_clamp")]
    internal static partial int clamp(TensorHandle a, ScalarArg* min, ScalarArg* max, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_clamp_")]
    internal static partial int clamp_(TensorHandle a, ScalarArg* min, ScalarArg* max);

    [LibraryImport(Library, EntryPoint = "af_clamp_tensor")]
    internal static partial int clamp_tensor(TensorHandle a, TensorHandle min, TensorHandle max, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_clamp_tensor_")]
    internal static partial int clamp_tensor_(TensorHandle a, TensorHandle min, TensorHandle max);

    [LibraryImport(Library, EntryPoint = "af_nan_to_num")]
    internal static partial int nan_to_num(TensorHandle a, double nan, double* posinf, double* neginf, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_isclose")]
    internal static partial int isclose(
        TensorHandle a,
        TensorHandle b,
        double rtol,
        double atol,
        int equal_nan,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_where")]
    internal static partial int @where(TensorHandle condition, TensorHandle x, TensorHandle y, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_where_all")]
    internal static partial int where_all(TensorHandle condition, out nint @out);

    [LibraryImport(Library, EntryPoint = "af_masked_fill")]
    internal static partial int masked_fill(TensorHandle a, TensorHandle mask, ScalarArg value, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_masked_fill_")]
    internal static partial int masked_fill_(TensorHandle a, TensorHandle mask, ScalarArg value);

    [LibraryImport(Library, EntryPoint = "af_masked_select")]
    internal static partial int masked_select(TensorHandle a, TensorHandle mask, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_masked_scatter")]
    internal static partial int masked_scatter(TensorHandle a, TensorHandle mask, TensorHandle value, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_masked_scatter_")]
    internal static partial int masked_scatter_(TensorHandle a, TensorHandle mask, TensorHandle value);

    [LibraryImport(Library, EntryPoint = "af_elu")]
    internal static partial int elu(
        TensorHandle a,
        ScalarArg alpha,
        ScalarArg scale,
        ScalarArg input_scale,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_hardtanh")]
    internal static partial int hardtanh(TensorHandle a, ScalarArg min, ScalarArg max, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_softplus")]
    internal static partial int softplus(TensorHandle a, ScalarArg beta, ScalarArg threshold, out TensorHandle @out);
}
