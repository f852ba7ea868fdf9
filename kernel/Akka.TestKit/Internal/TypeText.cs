namespace Akka.TestKit.Internal;

/// <summary>Types as a reader of a failed test knows them: <c>List&lt;Int32&gt;</c> with its namespace.</summary>
internal static class TypeText
{
    public static string Of(Type type)
    {
        if (!type.IsGenericType)
            return type.FullName ?? type.Name;
        var name = type.GetGenericTypeDefinition().FullName ?? type.Name;
        return $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }
}
