namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module of no arguments' type.</summary>
        public interface IModule : IDisposable
        {
            string GetName();
        }

        public interface IModule<in T, out TResult> : IModule
        {
            TResult call(T input);
        }

        public interface IModule<in T1, in T2, out TResult> : IModule
        {
            TResult call(T1 input1, T2 input2);
        }

        public abstract class Module<T, TResult> : Module, IModule<T, TResult>
        {
            protected Module(string name)
                : base(name) { }

            public abstract TResult forward(T input);

            public virtual TResult call(T input) => forward(input);
        }

        public abstract class Module<T1, T2, TResult> : Module, IModule<T1, T2, TResult>
        {
            protected Module(string name)
                : base(name) { }

            public abstract TResult forward(T1 input1, T2 input2);

            public virtual TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }

        public abstract class Module<T1, T2, T3, TResult> : Module
        {
            protected Module(string name)
                : base(name) { }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            public virtual TResult call(T1 input1, T2 input2, T3 input3) => forward(input1, input2, input3);
        }

        public abstract class Module<T1, T2, T3, T4, TResult> : Module
        {
            protected Module(string name)
                : base(name) { }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4);

            public virtual TResult call(T1 input1, T2 input2, T3 input3, T4 input4) => forward(input1, input2, input3, input4);
        }
    }
}

/// <summary>Moves of a whole module; the module comes back as its own type.</summary>
public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.Device device)
        where T : torch.nn.Module
    {
        module.MoveTo(device, null);
        return module;
    }

    public static T to<T>(this T module, torch.ScalarType type)
        where T : torch.nn.Module
    {
        module.MoveTo(null, type);
        return module;
    }
}
