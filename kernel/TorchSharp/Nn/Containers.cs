using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules one after the other.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<nn.Module<Tensor, Tensor>> _steps = [];

        protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
            : base(nameof(Sequential))
        {
            foreach (var (name, module) in modules)
            {
                Add(name, module);
            }
        }

        protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules)
            : this([.. modules.Select((m, i) => (i.ToString(), m))]) { }

        public int Count => _steps.Count;

        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            Add(name, (nn.Module<Tensor, Tensor>)module);
            return this;
        }

        public Sequential append(nn.IModule<Tensor, Tensor> module) => append(Count.ToString(), module);

        private void Add(string name, nn.Module<Tensor, Tensor> module)
        {
            register_module(name, module);
            _steps.Add(module);
        }

        /// <summary>What one step made for the next is freed at once: at the end only the result is left.</summary>
        public override Tensor forward(Tensor tensor)
        {
            var current = tensor;
            foreach (var step in _steps)
            {
                var next = step.call(current);
                if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next))
                {
                    current.Dispose();
                }
                current = next;
            }
            return ReferenceEquals(current, tensor) ? tensor.alias() : current;
        }
    }

    /// <summary>Modules in a list, registered under their numbers.</summary>
    public class ModuleList<T> : nn.Module, IList<T>
        where T : nn.Module
    {
        private readonly List<T> _items = [];

        public ModuleList(params T[] modules)
            : base("ModuleList") => extend(modules);

        protected override void RegisterComponents()
        {
            ClearModules();
            for (var i = 0; i < _items.Count; i++)
            {
                register_module(i.ToString(), _items[i]);
            }
        }

        private void Change(Action change)
        {
            change();
            RegisterComponents();
        }

        public T this[int index]
        {
            get => _items[index];
            set => Change(() => _items[index] = value);
        }

        public int Count => _items.Count;

        public bool IsReadOnly => false;

        public void Add(T item) => Change(() => _items.Add(item));

        public void append(params T[] parameters) => extend(parameters);

        public void extend(IEnumerable<T> modules) => Change(() => _items.AddRange(modules));

        public void Clear() => Change(_items.Clear);

        public bool Contains(T item) => _items.Contains(item);

        public void CopyTo(T[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

        public int IndexOf(T item) => _items.IndexOf(item);

        public void Insert(int index, T item) => Change(() => _items.Insert(index, item));

        public bool Remove(T item)
        {
            var found = _items.Remove(item);
            RegisterComponents();
            return found;
        }

        public void RemoveAt(int index) => Change(() => _items.RemoveAt(index));

        public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Modules by name, in the order they were added.</summary>
    public class ModuleDict<T> : nn.Module, IEnumerable<(string, T)>
        where T : nn.Module
    {
        private readonly List<(string Key, T Value)> _items = [];

        public ModuleDict()
            : base("ModuleDict") { }

        public T this[string key]
        {
            get => TryGetValue(key, out var found) ? found : throw new KeyNotFoundException($"ModuleDict has no \"{key}\".");
            set
            {
                Remove(key);
                Add(key, value);
            }
        }

        public (string, T) this[int index] => _items[index];

        public int Count => _items.Count;

        public bool IsReadOnly => false;

        public ICollection<string> Keys => [.. _items.Select(i => i.Key)];

        public ICollection<T> Values => [.. _items.Select(i => i.Value)];

        public IEnumerable<string> keys() => Keys;

        public IEnumerable<T> values() => Values;

        public IEnumerator<(string, T)> items() => GetEnumerator();

        public bool ContainsKey(string key) => _items.Exists(i => i.Key == key);

        public void Add((string, T) item)
        {
            register_module(item.Item1, item.Item2);
            _items.Add(item);
        }

        public void Add(string key, T value) => Add((key, value));

        public bool Remove(string key)
        {
            var removed = _items.RemoveAll(i => i.Key == key) > 0;
            RegisterComponents();
            return removed;
        }

        public void Clear()
        {
            _items.Clear();
            ClearModules();
        }

        public void clear() => Clear();

        public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
        {
            value = _items.Find(i => i.Key == key).Value;
            return value is not null;
        }

        protected override void RegisterComponents()
        {
            ClearModules();
            foreach (var (key, value) in _items)
            {
                register_module(key, value);
            }
        }

        public IEnumerator<(string, T)> GetEnumerator() => _items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Parameters in a list, registered under their numbers.</summary>
    public class ParameterList : nn.Module, IEnumerable<Parameter>
    {
        private readonly List<Parameter> _items = [];

        public ParameterList(params Parameter[] parameters)
            : base("ParameterList") => extend(parameters);

        public Parameter this[int index] => _items[index];

        public int Count => _items.Count;

        public bool IsReadOnly => false;

        public void Add(Parameter item)
        {
            register_parameter(Count.ToString(), item);
            _items.Add(item);
        }

        public void append(params Parameter[] parameters) => extend(parameters);

        public void extend(IEnumerable<Parameter> parameters)
        {
            foreach (var parameter in parameters)
            {
                Add(parameter);
            }
        }

        public bool Contains(Parameter item) => _items.Contains(item);

        public void CopyTo(Parameter[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

        public int IndexOf(Parameter item) => _items.IndexOf(item);

        public IEnumerator<Parameter> GetEnumerator() => _items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            public static Sequential Sequential() => new(Array.Empty<Module<Tensor, Tensor>>());

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.ToArray());

            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            public static ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules)
                where T : Module
            {
                var made = new ModuleDict<T>();
                Array.ForEach(modules, made.Add);
                return made;
            }

            public static ParameterList ParameterList(params Parameter[] parameters) => new(parameters);
        }
    }
}
