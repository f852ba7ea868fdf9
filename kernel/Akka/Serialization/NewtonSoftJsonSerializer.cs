using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace Akka.Serialization;

/// <summary>JSON with type names: the serializer of everything that has no other.</summary>
/// <remarks>Convenient, large and slow, and the type names are a risk with untrusted peers: protocol messages have their own.</remarks>
internal sealed class NewtonSoftJsonSerializer : Serializer
{
    private readonly JsonSerializer _serializer;

    public NewtonSoftJsonSerializer(ExtendedActorSystem system, Config config)
        : base(system)
    {
        var settings = new JsonSerializerSettings
        {
            PreserveReferencesHandling = PreserveReferencesHandling.Objects,
            NullValueHandling = NullValueHandling.Ignore,
            DefaultValueHandling = DefaultValueHandling.Include,
            MissingMemberHandling = MissingMemberHandling.Ignore,
            ObjectCreationHandling = ObjectCreationHandling.Replace,
            ConstructorHandling = ConstructorHandling.AllowNonPublicDefaultConstructor,
            TypeNameHandling = TypeNameHandling.All,
            ContractResolver = new Resolver(),
        };
        settings.Converters.Add(new SurrogateConverter(system));
        _serializer = JsonSerializer.Create(settings);
    }

    public override int Identifier => 1;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        var text = new StringBuilder(256);
        using (var writer = new JsonTextWriter(new StringWriter(text, CultureInfo.InvariantCulture)))
            _serializer.Serialize(writer, obj, typeof(object));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public override object FromBinary(byte[] bytes, Type type)
    {
        using var reader = new JsonTextReader(new StringReader(Encoding.UTF8.GetString(bytes)));
        return Exact(_serializer.Deserialize(reader, typeof(object)));
    }

    /// <summary>JSON has one kind of number and calls objects tokens; what was marked comes back as it was.</summary>
    private object Exact(object? value)
    {
        switch (value)
        {
            case JObject o when o["$"] is { } marked:
                return ExactNumber.Parse((string)marked!);
            case JObject or JArray:
                return ((JToken)value).ToObject<object>(_serializer)!;
            default:
                return value!;
        }
    }

    /// <summary>Properties that only a constructor or a private setter writes are written back too.</summary>
    private sealed class Resolver : DefaultContractResolver
    {
        protected override JsonProperty CreateProperty(
            System.Reflection.MemberInfo member,
            MemberSerialization memberSerialization
        )
        {
            var property = base.CreateProperty(member, memberSerialization);
            if (!property.Writable && member is System.Reflection.PropertyInfo info)
                property.Writable = info.GetSetMethod(nonPublic: true) is not null;
            return property;
        }
    }

    /// <summary>References and other objects of the system travel as surrogates; bare numbers keep their type.</summary>
    private sealed class SurrogateConverter(ExtendedActorSystem system) : JsonConverter
    {
        public override bool CanConvert(Type objectType) =>
            objectType == typeof(object)
            || objectType == typeof(int)
            || objectType == typeof(float)
            || objectType == typeof(decimal)
            || typeof(ISurrogated).IsAssignableFrom(objectType);

        public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
        {
            switch (value)
            {
                case int or float or decimal:
                    writer.WriteStartObject();
                    writer.WritePropertyName("$");
                    writer.WriteValue(ExactNumber.Format(value));
                    writer.WriteEndObject();
                    break;
                case ISurrogated surrogated:
                    serializer.Serialize(writer, surrogated.ToSurrogate(system), typeof(object));
                    break;
                default:
                    writer.WriteStartObject(); // a plain object()
                    writer.WritePropertyName("$type");
                    writer.WriteValue("System.Object");
                    writer.WriteEndObject();
                    break;
            }
        }

        public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
        {
            var token = JToken.ReadFrom(reader);
            return Restored(token, objectType, serializer);
        }

        private object? Restored(JToken token, Type objectType, JsonSerializer serializer)
        {
            switch (token)
            {
                case JObject o when o["$"] is { } marked:
                    return ChangeType(ExactNumber.Parse((string)marked!), objectType);
                case JObject o when o["$type"] is { } name && (string?)name == "System.Object":
                    return new object();
                case JObject o when o["$type"] is { } name && Type.GetType((string)name!) is { } type:
                    using (var reader = o.CreateReader())
                        return FromSurrogate(serializer.Deserialize(reader, type));
                case JObject o when o["$ref"] is { } reference:
                    return serializer.ReferenceResolver!.ResolveReference(serializer, (string)reference!);
                case JArray when objectType == typeof(object):
                    return token;
                case JValue value:
                    return ChangeType(value.Value, objectType);
                default:
                    return token;
            }
        }

        private object? FromSurrogate(object? value) => value is ISurrogate surrogate ? surrogate.FromSurrogate(system) : value;

        private static object? ChangeType(object? value, Type type) =>
            value is null || type == typeof(object) || type.IsInstanceOfType(value)
                ? value
                : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
    }

    private static class ExactNumber
    {
        public static string Format(object value) =>
            value switch
            {
                int i => "I" + i.ToString(CultureInfo.InvariantCulture),
                float f => "F" + f.ToString("R", CultureInfo.InvariantCulture),
                decimal d => "M" + d.ToString(CultureInfo.InvariantCulture),
                _ => throw new NotSupportedException(),
            };

        public static object Parse(string text) =>
            text[0] switch
            {
                'I' => int.Parse(text.AsSpan(1), NumberStyles.Integer, CultureInfo.InvariantCulture),
                'F' => float.Parse(text.AsSpan(1), NumberStyles.Float, CultureInfo.InvariantCulture),
                'M' => decimal.Parse(text.AsSpan(1), NumberStyles.Number, CultureInfo.InvariantCulture),
                _ => throw new NotSupportedException($"'{text}' is no number that this serializer has written."),
            };
    }
}
