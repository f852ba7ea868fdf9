using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A node of a model: parameters, buffers and modules by name, in the order of registration.</summary>
        public partial class Module : IDisposable
        {
            private readonly Dictionary<string, Parameter?> _parameterOf = [];
            private readonly Dictionary<string, Tensor> _bufferOf = [];
            private readonly Dictionary<string, Module> _moduleOf = [];
            private readonly List<string> _parameterOrder = [];
            private readonly List<string> _bufferOrder = [];
            private readonly List<string> _moduleOrder = [];
            private readonly string _name;

            protected Module(string name) => _name = name;

            public bool training { get; private set; } = true;

            public virtual string GetName() => _name;

            /// <summary>
            /// Registers every field of the class that is a module, a parameter or a tensor (a buffer) under the field's name.
            /// Lists and arrays are not seen: use ModuleList and ParameterList.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                for (var type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    var flags = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                    foreach (var field in type.GetFields(flags).OrderBy(f => f.MetadataToken))
                    {
                        Register(field.Name, field.GetValue(this));
                    }
                }
            }

            private void Register(string field, object? value)
            {
                if (value is Module module && !_moduleOf.ContainsKey(field))
                {
                    register_module(field, module);
                }
                else if (value is Parameter parameter && !_parameterOf.ContainsKey(field))
                {
                    register_parameter(field, parameter);
                }
                else if (value is Tensor tensor and not Modules.Parameter && !_bufferOf.ContainsKey(field))
                {
                    register_buffer(field, tensor);
                }
            }

            public virtual void register_module(string name, Module submodule)
            {
                ThrowUnlessFree(name);
                _moduleOf[name] = submodule;
                _moduleOrder.Add(name);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_parameter(string name, Parameter param)
            {
                ThrowUnlessFree(name);
                _parameterOf[name] = param;
                _parameterOrder.Add(name);
            }

            public virtual void register_buffer(string name, Tensor tensor)
            {
                ThrowUnlessFree(name);
                _bufferOf[name] = tensor.DetachFromDisposeScope();
                _bufferOrder.Add(name);
            }

            protected void ConditionallyRegisterParameter(string name, Tensor value)
            {
                if (value is Parameter parameter && !_parameterOf.ContainsKey(name))
                {
                    register_parameter(name, parameter);
                }
            }

            protected void ClearModules()
            {
                _moduleOf.Clear();
                _moduleOrder.Clear();
            }

            private void ThrowUnlessFree(string name)
            {
                if (name.Length == 0 || name.Contains('.', StringComparison.Ordinal))
                {
                    throw new ArgumentException(
                        $"\"{name}\" cannot name a part of {GetName()}: no empty name, no dot.",
                        nameof(name)
                    );
                }
                if (_parameterOf.ContainsKey(name) || _bufferOf.ContainsKey(name) || _moduleOf.ContainsKey(name))
                {
                    throw new ArgumentException($"{GetName()} already has a part named \"{name}\".", nameof(name));
                }
            }

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var child in children())
                {
                    child.train(train);
                }
            }

            public virtual void eval() => train(false);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var child in children())
                {
                    child.apply(fn);
                }
                fn(this);
                return this;
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }
                foreach (var parameter in _parameterOf.Values)
                {
                    parameter?.Dispose();
                }
                foreach (var buffer in _bufferOf.Values)
                {
                    buffer.Dispose();
                }
                foreach (var module in _moduleOf.Values)
                {
                    module.Dispose();
                }
            }

            public virtual void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }
        }
    }
}
