using Akka.Configuration;

namespace Akka.Tests.Configuration;

/// <summary>Every error names line and column, what was expected and what was found.</summary>
public sealed class HoconErrorSpec
{
    [Theory]
    [InlineData("a = ", "1, column 5: expected a value, found the end of the text; write \"\" for an empty one.")]
    [InlineData("a = , b = 1", "1, column 5: expected a value, found ','; write \"\" for an empty one.")]
    [InlineData("a {\n b = }", "2, column 6: expected a value, found '}'; write \"\" for an empty one.")]
    [InlineData("a {\n  b = 1\n", "3, column 1: expected '}' for the object opened at line 1, column 3.")]
    [InlineData("a = [1,\n 2", "2, column 3: expected ']' for the list opened at line 1, column 5.")]
    [InlineData("a = [1,,2]", "1, column 8: expected a value, found ','; write \"\" for an empty one.")]
    [InlineData("a = 1 }", "1, column 7: expected ',' or the end of the line, found '}'.")]
    [InlineData("{ a = 1 } b", "1, column 11: expected the end of the text, found 'b'.")]
    [InlineData("[1, 2]", "1, column 1: the root must be an object; found a list.")]
    [InlineData("a", "1, column 2: expected '=', ':', '+=' or '{' after the key, found the end of the text.")]
    [InlineData("= 1", "1, column 1: expected a key, found '='; an empty or reserved one must stand in quotes.")]
    [InlineData("a..b = 1", "1, column 4: expected a key, found 'b'; an empty or reserved one must stand in quotes.")]
    [InlineData("a = b:c", "1, column 6: the character ':' must stand in quotes.")]
    [InlineData("a = C:\\x", "1, column 6: the character ':' must stand in quotes.")]
    [InlineData("a = $b", "1, column 5: the character '$' must stand in quotes.")]
    [InlineData("a = \"x\nb = 1", "1, column 5: the quoted string that begins here is not closed on its line.")]
    [InlineData("x = 1\na = \"\"\"x", "2, column 5: the string that begins here with \"\"\" is not closed.")]
    [InlineData("a = \"\\x\"", "1, column 6: a '\\' in a quoted string must be followed by one of \" \\ / b f n r t uXXXX.")]
    [InlineData("a = \"\\u12g4\"", "1, column 6: \\u must be followed by four hexadecimal digits.")]
    [InlineData("a = \"\\", "1, column 6: a '\\' in a quoted string must be followed by one of \" \\ / b f n r t uXXXX.")]
    [InlineData("a = ${b", "1, column 8: expected '}' to close the substitution, found the end of the text.")]
    [InlineData("a = ${}", "1, column 7: expected a key, found '}'; an empty or reserved one must stand in quotes.")]
    [InlineData("a = 1\r\nb = [", "2, column 6: expected ']' for the list opened at line 2, column 5.")]
    public void A_text_that_is_not_hocon_names_the_place(string hocon, string problem)
    {
        var error = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon));
        Assert.Equal("HOCON, line " + problem, error.Message);
    }

    [Theory]
    [InlineData("a = ", "[")]
    [InlineData("", "a {")]
    [InlineData("", "a.")]
    public void Nesting_without_end_is_refused_not_a_crash(string start, string repeated)
    {
        var hocon = start + string.Concat(Enumerable.Repeat(repeated, 100_000)) + (repeated.EndsWith('.') ? "a = 1" : "");
        Assert.Contains(
            "nested more than 100",
            Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon)).Message
        );
    }
}
