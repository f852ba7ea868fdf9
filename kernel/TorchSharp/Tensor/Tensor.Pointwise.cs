using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Native.Make(Native.abs(Held, out var made), made);

        public Tensor abs_()
        {
            Native.Check(Native.abs_(Held));
            return this;
        }

        public Tensor absolute() => Native.Make(Native.abs(Held, out var made), made);

        public Tensor absolute_()
        {
            Native.Check(Native.abs_(Held));
            return this;
        }

        public Tensor acos() => Native.Make(Native.acos(Held, out var made), made);

        public Tensor acos_()
        {
            Native.Check(Native.acos_(Held));
            return this;
        }

        public Tensor acosh() => Native.Make(Native.acosh(Held, out var made), made);

        public Tensor acosh_()
        {
            Native.Check(Native.acosh_(Held));
            return this;
        }

        public Tensor add(Tensor target) => Native.Make(Native.add(Held, target.Held, ScalarArg.One, out var made), made);

        public Tensor add(Tensor target, Scalar alpha) =>
            Native.Make(Native.add(Held, target.Held, alpha.Value, out var made), made);

        public Tensor add(Scalar scalar) => Native.Make(Native.add_scalar(Held, scalar.Value, ScalarArg.One, out var made), made);

        public Tensor add(Scalar scalar, Scalar alpha) =>
            Native.Make(Native.add_scalar(Held, scalar.Value, alpha.Value, out var made), made);

        public Tensor add_(Tensor target)
        {
            Native.Check(Native.add_(Held, target.Held, ScalarArg.One));
            return this;
        }

        public Tensor add_(Tensor target, Scalar alpha)
        {
            Native.Check(Native.add_(Held, target.Held, alpha.Value));
            return this;
        }

        public Tensor add_(Scalar scalar)
        {
            Native.Check(Native.add_scalar_(Held, scalar.Value, ScalarArg.One));
            return this;
        }

        public Tensor add_(Scalar scalar, Scalar alpha)
        {
            Native.Check(Native.add_scalar_(Held, scalar.Value, alpha.Value));
            return this;
        }

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Native.Make(Native.addcdiv(Held, tensor1.Held, tensor2.Held, value.Value, out var made), made);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) =>
            Native.Make(Native.addcdiv(Held, tensor1.Held, tensor2.Held, ScalarArg.One, out var made), made);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Native.Check(Native.addcdiv_(Held, tensor1.Held, tensor2.Held, value.Value));
            return this;
        }

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2)
        {
            Native.Check(Native.addcdiv_(Held, tensor1.Held, tensor2.Held, ScalarArg.One));
            return this;
        }

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Native.Make(Native.addcmul(Held, tensor1.Held, tensor2.Held, value.Value, out var made), made);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Native.Check(Native.addcmul_(Held, tensor1.Held, tensor2.Held, value.Value));
            return this;
        }

        public Tensor arccos() => Native.Make(Native.acos(Held, out var made), made);

        public Tensor arccos_()
        {
            Native.Check(Native.acos_(Held));
            return this;
        }

        public Tensor arccosh() => Native.Make(Native.acosh(Held, out var made), made);

        public Tensor arccosh_()
        {
            Native.Check(Native.acosh_(Held));
            return this;
        }

        public Tensor arcsin() => Native.Make(Native.asin(Held, out var made), made);

        public Tensor arcsin_()
        {
            Native.Check(Native.asin_(Held));
            return this;
        }

        public Tensor arcsinh() => Native.Make(Native.asinh(Held, out var made), made);

        public Tensor arcsinh_()
        {
            Native.Check(Native.asinh_(Held));
            return this;
        }

        public Tensor arctan() => Native.Make(Native.atan(Held, out var made), made);

        public Tensor arctan_()
        {
            Native.Check(Native.atan_(Held));
            return this;
        }

        public Tensor arctan2(Tensor other) => Native.Make(Native.atan2(Held, other.Held, out var made), made);

        public Tensor arctan2_(Tensor other)
        {
            Native.Check(Native.atan2_(Held, other.Held));
            return this;
        }

        public Tensor arctanh() => Native.Make(Native.atanh(Held, out var made), made);

        public Tensor arctanh_()
        {
            Native.Check(Native.atanh_(Held));
            return this;
        }

        public Tensor asin() => Native.Make(Native.asin(Held, out var made), made);

        public Tensor asin_()
        {
            Native.Check(Native.asin_(Held));
            return this;
        }

        public Tensor asinh() => Native.Make(Native.asinh(Held, out var made), made);

        public Tensor asinh_()
        {
            Native.Check(Native.asinh_(Held));
            return this;
        }

        public Tensor atan() => Native.Make(Native.atan(Held, out var made), made);

        public Tensor atan_()
        {
            Native.Check(Native.atan_(Held));
            return this;
        }

        public Tensor atan2(Tensor other) => Native.Make(Native.atan2(Held, other.Held, out var made), made);

        public Tensor atan2_(Tensor other)
        {
            Native.Check(Native.atan2_(Held, other.Held));
            return this;
        }

        public Tensor atanh() => Native.Make(Native.atanh(Held, out var made), made);

        public Tensor atanh_()
        {
            Native.Check(Native.atanh_(Held));
            return this;
        }

        public Tensor bitwise_and(Tensor other) => Native.Make(Native.bitwise_and(Held, other.Held, out var made), made);

        public Tensor bitwise_and_(Tensor other)
        {
            Native.Check(Native.bitwise_and_(Held, other.Held));
            return this;
        }

        public Tensor bitwise_not() => Native.Make(Native.bitwise_not(Held, out var made), made);

        public Tensor bitwise_not_()
        {
            Native.Check(Native.bitwise_not_(Held));
            return this;
        }

        public Tensor bitwise_or(Tensor other) => Native.Make(Native.bitwise_or(Held, other.Held, out var made), made);

        public Tensor bitwise_or_(Tensor other)
        {
            Native.Check(Native.bitwise_or_(Held, other.Held));
            return this;
        }

        public Tensor bitwise_xor(Tensor other) => Native.Make(Native.bitwise_xor(Held, other.Held, out var made), made);

        public Tensor bitwise_xor_(Tensor other)
        {
            Native.Check(Native.bitwise_xor_(Held, other.Held));
            return this;
        }

        public Tensor ceil() => Native.Make(Native.ceil(Held, out var made), made);

        public Tensor ceil_()
        {
            Native.Check(Native.ceil_(Held));
            return this;
        }

        public Tensor copysign(Tensor other) => Native.Make(Native.copysign(Held, other.Held, out var made), made);

        public Tensor cos() => Native.Make(Native.cos(Held, out var made), made);

        public Tensor cos_()
        {
            Native.Check(Native.cos_(Held));
            return this;
        }

        public Tensor cosh() => Native.Make(Native.cosh(Held, out var made), made);

        public Tensor cosh_()
        {
            Native.Check(Native.cosh_(Held));
            return this;
        }

        public Tensor digamma() => Native.Make(Native.digamma(Held, out var made), made);

        public Tensor digamma_()
        {
            Native.Check(Native.digamma_(Held));
            return this;
        }

        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) =>
            Native.Make(Native.elu(Held, alpha.Value, scale.Value, input_scale.Value, out var made), made);

        public Tensor eq(Tensor target) => Native.Make(Native.eq(Held, target.Held, out var made), made);

        public Tensor eq(Scalar target) => Native.Make(Native.eq_scalar(Held, target.Value, out var made), made);

        public Tensor eq_(Tensor target)
        {
            Native.Check(Native.eq_(Held, target.Held));
            return this;
        }

        public Tensor eq_(Scalar target)
        {
            Native.Check(Native.eq_scalar_(Held, target.Value));
            return this;
        }

        public Tensor erf() => Native.Make(Native.erf(Held, out var made), made);

        public Tensor erf_()
        {
            Native.Check(Native.erf_(Held));
            return this;
        }

        public Tensor erfc() => Native.Make(Native.erfc(Held, out var made), made);

        public Tensor erfc_()
        {
            Native.Check(Native.erfc_(Held));
            return this;
        }

        public Tensor erfinv() => Native.Make(Native.erfinv(Held, out var made), made);

        public Tensor erfinv_()
        {
            Native.Check(Native.erfinv_(Held));
            return this;
        }

        public Tensor exp() => Native.Make(Native.exp(Held, out var made), made);

        public Tensor exp_()
        {
            Native.Check(Native.exp_(Held));
            return this;
        }

        public Tensor exp2() => Native.Make(Native.exp2(Held, out var made), made);

        public Tensor expm1() => Native.Make(Native.expm1(Held, out var made), made);

        public Tensor expm1_()
        {
            Native.Check(Native.expm1_(Held));
            return this;
        }

        public Tensor fill_(Scalar value)
        {
            Native.Check(Native.fill_scalar_(Held, value.Value));
            return this;
        }

        public Tensor fix() => Native.Make(Native.trunc(Held, out var made), made);

        public Tensor fix_()
        {
            Native.Check(Native.trunc_(Held));
            return this;
        }

        public Tensor float_power(Tensor target) => Native.Make(Native.float_power(Held, target.Held, out var made), made);

        public Tensor floor() => Native.Make(Native.floor(Held, out var made), made);

        public Tensor floor_()
        {
            Native.Check(Native.floor_(Held));
            return this;
        }

        public Tensor floor_divide(Tensor other) => Native.Make(Native.floor_divide(Held, other.Held, out var made), made);

        public Tensor floor_divide(Scalar other) =>
            Native.Make(Native.floor_divide_scalar(Held, other.Value, out var made), made);

        public Tensor floor_divide_(Tensor other)
        {
            Native.Check(Native.floor_divide_(Held, other.Held));
            return this;
        }

        public Tensor floor_divide_(Scalar other)
        {
            Native.Check(Native.floor_divide_scalar_(Held, other.Value));
            return this;
        }

        public Tensor fmax(Tensor other) => Native.Make(Native.fmax(Held, other.Held, out var made), made);

        public Tensor fmin(Tensor other) => Native.Make(Native.fmin(Held, other.Held, out var made), made);

        public Tensor fmod(Tensor target) => Native.Make(Native.fmod(Held, target.Held, out var made), made);

        public Tensor fmod(Scalar scalar) => Native.Make(Native.fmod_scalar(Held, scalar.Value, out var made), made);

        public Tensor fmod_(Tensor target)
        {
            Native.Check(Native.fmod_(Held, target.Held));
            return this;
        }

        public Tensor fmod_(Scalar scalar)
        {
            Native.Check(Native.fmod_scalar_(Held, scalar.Value));
            return this;
        }

        public Tensor frac() => Native.Make(Native.frac(Held, out var made), made);

        public Tensor frac_()
        {
            Native.Check(Native.frac_(Held));
            return this;
        }

        public Tensor ge(Tensor target) => Native.Make(Native.ge(Held, target.Held, out var made), made);

        public Tensor ge(Scalar target) => Native.Make(Native.ge_scalar(Held, target.Value, out var made), made);

        public Tensor ge_(Tensor target)
        {
            Native.Check(Native.ge_(Held, target.Held));
            return this;
        }

        public Tensor ge_(Scalar target)
        {
            Native.Check(Native.ge_scalar_(Held, target.Value));
            return this;
        }

        public Tensor gelu() => Native.Make(Native.gelu(Held, out var made), made);

        public Tensor greater(Tensor target) => Native.Make(Native.gt(Held, target.Held, out var made), made);

        public Tensor greater_equal(Tensor target) => Native.Make(Native.ge(Held, target.Held, out var made), made);

        public Tensor gt(Tensor target) => Native.Make(Native.gt(Held, target.Held, out var made), made);

        public Tensor gt(Scalar target) => Native.Make(Native.gt_scalar(Held, target.Value, out var made), made);

        public Tensor gt_(Tensor target)
        {
            Native.Check(Native.gt_(Held, target.Held));
            return this;
        }

        public Tensor gt_(Scalar target)
        {
            Native.Check(Native.gt_scalar_(Held, target.Value));
            return this;
        }

        public Tensor hardsigmoid() => Native.Make(Native.hardsigmoid(Held, out var made), made);

        public Tensor hardsigmoid_()
        {
            Native.Check(Native.hardsigmoid_(Held));
            return this;
        }

        public Tensor hardswish() => Native.Make(Native.hardswish(Held, out var made), made);

        public Tensor hardswish_()
        {
            Native.Check(Native.hardswish_(Held));
            return this;
        }

        public Tensor hardtanh(Scalar min, Scalar max) =>
            Native.Make(Native.hardtanh(Held, min.Value, max.Value, out var made), made);

        public Tensor heaviside(Tensor other) => Native.Make(Native.heaviside(Held, other.Held, out var made), made);

        public Tensor hypot(Tensor other) => Native.Make(Native.hypot(Held, other.Held, out var made), made);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Native.Make(Native.isclose(Held, other.Held, rtol, atol, Native.Int(nanEqual), out var made), made);

        public Tensor isfinite() => Native.Make(Native.isfinite(Held, out var made), made);

        public Tensor isinf() => Native.Make(Native.isinf(Held, out var made), made);

        public Tensor isnan() => Native.Make(Native.isnan(Held, out var made), made);

        public Tensor isneginf() => Native.Make(Native.isneginf(Held, out var made), made);

        public Tensor isposinf() => Native.Make(Native.isposinf(Held, out var made), made);

        public Tensor le(Tensor target) => Native.Make(Native.le(Held, target.Held, out var made), made);

        public Tensor le(Scalar target) => Native.Make(Native.le_scalar(Held, target.Value, out var made), made);

        public Tensor le_(Tensor target)
        {
            Native.Check(Native.le_(Held, target.Held));
            return this;
        }

        public Tensor le_(Scalar target)
        {
            Native.Check(Native.le_scalar_(Held, target.Value));
            return this;
        }

        public Tensor leaky_relu(Scalar negative_slope) =>
            Native.Make(Native.leaky_relu_scalar(Held, negative_slope.Value, out var made), made);

        public Tensor leaky_relu_(Scalar negative_slope)
        {
            Native.Check(Native.leaky_relu_scalar_(Held, negative_slope.Value));
            return this;
        }

        public Tensor lerp(Tensor end, Tensor weight) =>
            Native.Make(Native.lerp(Held, end.Held, weight.Held, out var made), made);

        public Tensor lerp_(Tensor end, Tensor weight)
        {
            Native.Check(Native.lerp_(Held, end.Held, weight.Held));
            return this;
        }

        public Tensor less(Tensor target) => Native.Make(Native.lt(Held, target.Held, out var made), made);

        public Tensor less_equal(Tensor target) => Native.Make(Native.le(Held, target.Held, out var made), made);

        public Tensor less_equal_(Tensor target)
        {
            Native.Check(Native.le_(Held, target.Held));
            return this;
        }

        public Tensor lgamma() => Native.Make(Native.lgamma(Held, out var made), made);

        public Tensor lgamma_()
        {
            Native.Check(Native.lgamma_(Held));
            return this;
        }

        public Tensor log() => Native.Make(Native.log(Held, out var made), made);

        public Tensor log_()
        {
            Native.Check(Native.log_(Held));
            return this;
        }

        public Tensor log_sigmoid() => Native.Make(Native.log_sigmoid(Held, out var made), made);

        public Tensor log10() => Native.Make(Native.log10(Held, out var made), made);

        public Tensor log10_()
        {
            Native.Check(Native.log10_(Held));
            return this;
        }

        public Tensor log1p() => Native.Make(Native.log1p(Held, out var made), made);

        public Tensor log1p_()
        {
            Native.Check(Native.log1p_(Held));
            return this;
        }

        public Tensor log2() => Native.Make(Native.log2(Held, out var made), made);

        public Tensor log2_()
        {
            Native.Check(Native.log2_(Held));
            return this;
        }

        public Tensor logaddexp(Tensor other) => Native.Make(Native.logaddexp(Held, other.Held, out var made), made);

        public Tensor logaddexp2(Tensor other) => Native.Make(Native.logaddexp2(Held, other.Held, out var made), made);

        public Tensor logical_and(Tensor other) => Native.Make(Native.logical_and(Held, other.Held, out var made), made);

        public Tensor logical_and_(Tensor other)
        {
            Native.Check(Native.logical_and_(Held, other.Held));
            return this;
        }

        public Tensor logical_not() => Native.Make(Native.logical_not(Held, out var made), made);

        public Tensor logical_not_()
        {
            Native.Check(Native.logical_not_(Held));
            return this;
        }

        public Tensor logical_or(Tensor other) => Native.Make(Native.logical_or(Held, other.Held, out var made), made);

        public Tensor logical_or_(Tensor other)
        {
            Native.Check(Native.logical_or_(Held, other.Held));
            return this;
        }

        public Tensor logical_xor(Tensor other) => Native.Make(Native.logical_xor(Held, other.Held, out var made), made);

        public Tensor logical_xor_(Tensor other)
        {
            Native.Check(Native.logical_xor_(Held, other.Held));
            return this;
        }

        public Tensor lt(Tensor target) => Native.Make(Native.lt(Held, target.Held, out var made), made);

        public Tensor lt(Scalar target) => Native.Make(Native.lt_scalar(Held, target.Value, out var made), made);

        public Tensor lt_(Tensor target)
        {
            Native.Check(Native.lt_(Held, target.Held));
            return this;
        }

        public Tensor lt_(Scalar target)
        {
            Native.Check(Native.lt_scalar_(Held, target.Value));
            return this;
        }

        public Tensor masked_fill(Tensor mask, Scalar value) =>
            Native.Make(Native.masked_fill(Held, mask.Held, value.Value, out var made), made);

        public Tensor masked_fill_(Tensor mask, Scalar value)
        {
            Native.Check(Native.masked_fill_(Held, mask.Held, value.Value));
            return this;
        }

        public Tensor masked_scatter(Tensor mask, Tensor value) =>
            Native.Make(Native.masked_scatter(Held, mask.Held, value.Held, out var made), made);

        public Tensor masked_scatter_(Tensor mask, Tensor value)
        {
            Native.Check(Native.masked_scatter_(Held, mask.Held, value.Held));
            return this;
        }

        public Tensor masked_select(Tensor mask) => Native.Make(Native.masked_select(Held, mask.Held, out var made), made);

        public Tensor maximum(Tensor other) => Native.Make(Native.maximum(Held, other.Held, out var made), made);

        public Tensor minimum(Tensor other) => Native.Make(Native.minimum(Held, other.Held, out var made), made);

        public Tensor mul(Tensor target) => Native.Make(Native.mul(Held, target.Held, out var made), made);

        public Tensor mul(Scalar target) => Native.Make(Native.mul_scalar(Held, target.Value, out var made), made);

        public Tensor mul_(Tensor target)
        {
            Native.Check(Native.mul_(Held, target.Held));
            return this;
        }

        public Tensor mul_(Scalar target)
        {
            Native.Check(Native.mul_scalar_(Held, target.Value));
            return this;
        }

        public Tensor multiply(Tensor target) => Native.Make(Native.mul(Held, target.Held, out var made), made);

        public Tensor multiply(Scalar target) => Native.Make(Native.mul_scalar(Held, target.Value, out var made), made);

        public Tensor ne(Tensor target) => Native.Make(Native.ne(Held, target.Held, out var made), made);

        public Tensor ne(Scalar target) => Native.Make(Native.ne_scalar(Held, target.Value, out var made), made);

        public Tensor ne_(Tensor target)
        {
            Native.Check(Native.ne_(Held, target.Held));
            return this;
        }

        public Tensor ne_(Scalar target)
        {
            Native.Check(Native.ne_scalar_(Held, target.Value));
            return this;
        }

        public Tensor neg() => Native.Make(Native.neg(Held, out var made), made);

        public Tensor neg_()
        {
            Native.Check(Native.neg_(Held));
            return this;
        }

        public Tensor negative() => Native.Make(Native.neg(Held, out var made), made);

        public Tensor not_equal(Tensor target) => Native.Make(Native.ne(Held, target.Held, out var made), made);

        public Tensor not_equal_(Tensor target)
        {
            Native.Check(Native.ne_(Held, target.Held));
            return this;
        }

        public Tensor positive() => Native.Make(Native.positive(Held, out var made), made);

        public Tensor pow(Tensor exponent) => Native.Make(Native.pow(Held, exponent.Held, out var made), made);

        public Tensor pow(Scalar exponent) => Native.Make(Native.pow_scalar(Held, exponent.Value, out var made), made);

        public Tensor pow_(Tensor exponent)
        {
            Native.Check(Native.pow_(Held, exponent.Held));
            return this;
        }

        public Tensor pow_(Scalar exponent)
        {
            Native.Check(Native.pow_scalar_(Held, exponent.Value));
            return this;
        }

        public Tensor prelu(Tensor target) => Native.Make(Native.prelu(Held, target.Held, out var made), made);

        public Tensor reciprocal() => Native.Make(Native.reciprocal(Held, out var made), made);

        public Tensor reciprocal_()
        {
            Native.Check(Native.reciprocal_(Held));
            return this;
        }

        public Tensor relu() => Native.Make(Native.relu(Held, out var made), made);

        public Tensor relu_()
        {
            Native.Check(Native.relu_(Held));
            return this;
        }

        public Tensor relu6() => Native.Make(Native.relu6(Held, out var made), made);

        public Tensor relu6_()
        {
            Native.Check(Native.relu6_(Held));
            return this;
        }

        public Tensor remainder(Tensor target) => Native.Make(Native.remainder(Held, target.Held, out var made), made);

        public Tensor remainder(Scalar scalar) => Native.Make(Native.remainder_scalar(Held, scalar.Value, out var made), made);

        public Tensor remainder_(Tensor target)
        {
            Native.Check(Native.remainder_(Held, target.Held));
            return this;
        }

        public Tensor remainder_(Scalar scalar)
        {
            Native.Check(Native.remainder_scalar_(Held, scalar.Value));
            return this;
        }

        public Tensor round(long decimals = 0) => Native.Make(Native.round(Held, decimals, out var made), made);

        public Tensor round_(long decimals = 0)
        {
            Native.Check(Native.round_(Held, decimals));
            return this;
        }

        public Tensor rsqrt() => Native.Make(Native.rsqrt(Held, out var made), made);

        public Tensor rsqrt_()
        {
            Native.Check(Native.rsqrt_(Held));
            return this;
        }

        public Tensor selu() => Native.Make(Native.selu(Held, out var made), made);

        public Tensor selu_()
        {
            Native.Check(Native.selu_(Held));
            return this;
        }

        public Tensor sgn() => Native.Make(Native.sgn(Held, out var made), made);

        public Tensor sgn_()
        {
            Native.Check(Native.sgn_(Held));
            return this;
        }

        public Tensor sigmoid() => Native.Make(Native.sigmoid(Held, out var made), made);

        public Tensor sigmoid_()
        {
            Native.Check(Native.sigmoid_(Held));
            return this;
        }

        public Tensor sign() => Native.Make(Native.sign(Held, out var made), made);

        public Tensor sign_()
        {
            Native.Check(Native.sign_(Held));
            return this;
        }

        public Tensor signbit() => Native.Make(Native.signbit(Held, out var made), made);

        public Tensor silu() => Native.Make(Native.silu(Held, out var made), made);

        public Tensor silu_()
        {
            Native.Check(Native.silu_(Held));
            return this;
        }

        public Tensor sin() => Native.Make(Native.sin(Held, out var made), made);

        public Tensor sin_()
        {
            Native.Check(Native.sin_(Held));
            return this;
        }

        public Tensor sinh() => Native.Make(Native.sinh(Held, out var made), made);

        public Tensor sinh_()
        {
            Native.Check(Native.sinh_(Held));
            return this;
        }

        public Tensor sqrt() => Native.Make(Native.sqrt(Held, out var made), made);

        public Tensor sqrt_()
        {
            Native.Check(Native.sqrt_(Held));
            return this;
        }

        public Tensor square() => Native.Make(Native.square(Held, out var made), made);

        public Tensor sub(Tensor target) => Native.Make(Native.sub(Held, target.Held, ScalarArg.One, out var made), made);

        public Tensor sub(Scalar target) => Native.Make(Native.sub_scalar(Held, target.Value, ScalarArg.One, out var made), made);

        public Tensor sub_(Tensor target)
        {
            Native.Check(Native.sub_(Held, target.Held, ScalarArg.One));
            return this;
        }

        public Tensor sub_(Scalar target)
        {
            Native.Check(Native.sub_scalar_(Held, target.Value, ScalarArg.One));
            return this;
        }

        public Tensor subtract(Scalar target) =>
            Native.Make(Native.sub_scalar(Held, target.Value, ScalarArg.One, out var made), made);

        public Tensor subtract(Tensor target) => Native.Make(Native.sub(Held, target.Held, ScalarArg.One, out var made), made);

        public Tensor subtract_(Scalar target)
        {
            Native.Check(Native.sub_scalar_(Held, target.Value, ScalarArg.One));
            return this;
        }

        public Tensor subtract_(Tensor target)
        {
            Native.Check(Native.sub_(Held, target.Held, ScalarArg.One));
            return this;
        }

        public Tensor tan() => Native.Make(Native.tan(Held, out var made), made);

        public Tensor tan_()
        {
            Native.Check(Native.tan_(Held));
            return this;
        }

        public Tensor tanh() => Native.Make(Native.tanh(Held, out var made), made);

        public Tensor tanh_()
        {
            Native.Check(Native.tanh_(Held));
            return this;
        }

        public Tensor trunc() => Native.Make(Native.trunc(Held, out var made), made);

        public Tensor trunc_()
        {
            Native.Check(Native.trunc_(Held));
            return this;
        }

        public Tensor xlogy(Tensor y) => Native.Make(Native.xlogy(Held, y.Held, out var made), made);

        public Tensor xlogy_(Tensor y)
        {
            Native.Check(Native.xlogy_(Held, y.Held));
            return this;
        }

        public Tensor zero_()
        {
            Native.Check(Native.zero_(Held));
            return this;
        }
    }
}
