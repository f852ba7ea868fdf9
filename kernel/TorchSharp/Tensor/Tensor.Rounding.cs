using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Native.Make(Native.div(Held, target.Held, out var made), made)
                : Native.Make(Native.div_mode(Held, target.Held, (int)rounding_mode, out var rounded), rounded);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Native.Make(Native.div_scalar(Held, target.Value, out var made), made)
                : WithScalar(target, scalar => div(scalar, rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Native.Check(
                rounding_mode == RoundingMode.None
                    ? Native.div_(Held, target.Held)
                    : Native.div_mode_(Held, target.Held, (int)rounding_mode)
            );
            return this;
        }

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            if (rounding_mode != RoundingMode.None)
            {
                return WithScalar(target, scalar => div_(scalar, rounding_mode));
            }
            Native.Check(Native.div_scalar_(Held, target.Value));
            return this;
        }

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor true_divide(Tensor other) => div(other);

        public Tensor true_divide(Scalar other) => div(other);

        public unsafe Tensor clamp(Scalar? min = null, Scalar? max = null)
        {
            ScalarArg low = min?.Value ?? default,
                high = max?.Value ?? default;
            return Native.Make(Native.clamp(Held, min is null ? null : &low, max is null ? null : &high, out var made), made);
        }

        public Tensor clamp(Tensor? min = null, Tensor? max = null) =>
            Native.Make(Native.clamp_tensor(Held, Native.H(min), Native.H(max), out var made), made);

        public unsafe Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            ScalarArg low = min?.Value ?? default,
                high = max?.Value ?? default;
            Native.Check(Native.clamp_(Held, min is null ? null : &low, max is null ? null : &high));
            return this;
        }

        public Tensor clamp_(Tensor? min = null, Tensor? max = null)
        {
            Native.Check(Native.clamp_tensor_(Held, Native.H(min), Native.H(max)));
            return this;
        }

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_min(Scalar min) => clamp(min, (Scalar?)null);

        public Tensor clamp_max(Scalar max) => clamp((Scalar?)null, max);

        public Tensor clamp_min_(Scalar min) => clamp_(min, (Scalar?)null);

        public Tensor clamp_max_(Scalar max) => clamp_((Scalar?)null, max);

        public unsafe Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null)
        {
            double most = posinf ?? 0,
                least = neginf ?? 0;
            return Native.Make(
                Native.nan_to_num(Held, nan, posinf is null ? null : &most, neginf is null ? null : &least, out var made),
                made
            );
        }

        /// <summary>This tensor's elements where the condition holds, those of <paramref name="y"/> elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) =>
            Native.Make(Native.@where(condition.Held, Held, y.Held, out var made), made);

        private static Tensor WithScalar(Scalar scalar, Func<Tensor, Tensor> call)
        {
            using Tensor made = scalar;
            return call(made.DetachFromDisposeScope());
        }
    }
}
