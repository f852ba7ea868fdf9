using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Native.Make(Native.addbmm(Held, batch1.Held, batch2.Held, beta, alpha, out var made), made);

        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f)
        {
            Native.Check(Native.addbmm_(Held, batch1.Held, batch2.Held, beta, alpha));
            return this;
        }

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) =>
            Native.Make(Native.addmm(Held, mat1.Held, mat2.Held, beta, alpha, out var made), made);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f)
        {
            Native.Check(Native.addmm_(Held, mat1.Held, mat2.Held, beta, alpha));
            return this;
        }

        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) =>
            Native.Make(Native.addmv(Held, mat.Held, vec.Held, beta, alpha, out var made), made);

        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f)
        {
            Native.Check(Native.addmv_(Held, mat.Held, vec.Held, beta, alpha));
            return this;
        }

        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) =>
            Native.Make(Native.addr(Held, vec1.Held, vec2.Held, beta, alpha, out var made), made);

        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f)
        {
            Native.Check(Native.addr_(Held, vec1.Held, vec2.Held, beta, alpha));
            return this;
        }

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Native.Make(Native.baddbmm(Held, batch1.Held, batch2.Held, beta, alpha, out var made), made);

        public Tensor bmm(Tensor batch2) => Native.Make(Native.bmm(Held, batch2.Held, out var made), made);

        public Tensor dot(Tensor target) => Native.Make(Native.dot(Held, target.Held, out var made), made);

        public Tensor ger(Tensor vec2) => Native.Make(Native.outer(Held, vec2.Held, out var made), made);

        public Tensor inner(Tensor vec2) => Native.Make(Native.inner(Held, vec2.Held, out var made), made);

        public Tensor kron(Tensor other) => Native.Make(Native.kron(Held, other.Held, out var made), made);

        public Tensor matmul(Tensor target) => Native.Make(Native.matmul(Held, target.Held, out var made), made);

        public Tensor matrix_power(int n) => Native.Make(Native.matrix_power(Held, n, out var made), made);

        public Tensor mm(Tensor target) => Native.Make(Native.mm(Held, target.Held, out var made), made);

        public Tensor mv(Tensor target) => Native.Make(Native.mv(Held, target.Held, out var made), made);

        public Tensor outer(Tensor vec2) => Native.Make(Native.outer(Held, vec2.Held, out var made), made);

        public Tensor tensordot(Tensor b, long[] dims1, params long[] dims2) =>
            Native.Make(Native.tensordot(Held, b.Held, dims1, dims1.Length, dims2, dims2.Length, out var made), made);

        public Tensor vdot(Tensor target) => Native.Make(Native.vdot(Held, target.Held, out var made), made);
    }
}
