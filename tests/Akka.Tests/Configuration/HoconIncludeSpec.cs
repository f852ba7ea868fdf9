using Akka.Configuration;

namespace Akka.Tests.Configuration;

public sealed class HoconIncludeSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Write(string name, string text)
    {
        var path = _folder.At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path.Replace('\\', '/');
    }

    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);

    [Theory]
    [InlineData("include \"{0}\"")]
    [InlineData("include file(\"{0}\")")]
    [InlineData("include required(\"{0}\")")]
    [InlineData("include required(file(\"{0}\"))")]
    public void A_file_is_included_where_the_statement_stands(string statement)
    {
        var path = Write("base.conf", "x = 1, y = 1");
        var config = Parse("a { x = 0\n" + statement.Replace("{0}", path) + "\ny = 2 }");
        Assert.Equal(1, config.GetInt("a.x"));
        Assert.Equal(2, config.GetInt("a.y"));
    }

    [Fact]
    public void An_included_file_finds_its_own_includes_beside_it()
    {
        Write("sub/inner.conf", "x = 3");
        var path = Write("sub/outer.conf", "include \"inner.conf\"");
        Assert.Equal(3, Parse($"include \"{path}\"").GetInt("x"));
    }

    [Fact]
    public void A_substitution_of_an_included_file_is_looked_up_below_the_place_of_the_include_first()
    {
        var path = Write("base.conf", "x = 1, y = ${x}, z = ${outer}");
        var config = Parse($"outer = 9, a {{ include \"{path}\" }}");
        Assert.Equal(1, config.GetInt("a.y"));
        Assert.Equal(9, config.GetInt("a.z"));
    }

    [Fact]
    public void A_missing_file_is_empty_unless_it_is_required()
    {
        var missing = _folder.At("none.conf").Replace('\\', '/');
        Assert.Equal(1, Parse($"include \"{missing}\"\nx = 1").GetInt("x"));
        var error = Assert.Throws<ConfigurationException>(() => Parse($"x = 1\n include required(file(\"{missing}\"))"));
        Assert.Equal($"HOCON, line 2, column 2: the required file '{Path.GetFullPath(missing)}' was not found.", error.Message);
    }

    [Fact]
    public void An_error_in_an_included_file_names_that_file_and_line()
    {
        var path = Write("bad.conf", "x = 1\ny = {");
        var error = Assert.Throws<ConfigurationException>(() => Parse($"include \"{path}\""));
        Assert.Contains("bad.conf, line 2, column 6: expected '}'", error.Message);
    }

    [Fact]
    public void A_file_that_includes_itself_is_refused()
    {
        var path = Write("self.conf", "include \"self.conf\"");
        var error = Assert.Throws<ConfigurationException>(() => Parse($"include \"{path}\""));
        Assert.Contains("'self.conf' may include itself", error.Message);
    }

    [Fact]
    public void A_required_include_that_the_callback_does_not_know_is_an_error()
    {
        var error = Assert.Throws<ConfigurationException>(() =>
            ConfigurationFactory.ParseString("include required(\"x\")", _ => null!)
        );
        Assert.Equal("HOCON, line 1, column 1: the required include 'x' was not found.", error.Message);
        Assert.True(ConfigurationFactory.ParseString("include \"x\"", _ => null!).IsEmpty);
    }

    [Theory]
    [InlineData("include url(\"http://x\")", "only files can be included; url(...) and classpath(...) cannot.")]
    [InlineData("include classpath(\"x\")", "only files can be included; url(...) and classpath(...) cannot.")]
    [InlineData("include file(x)", "expected the quoted name of the file to include, found 'x'.")]
    [InlineData("include file(\"x\"", "expected ')' after file(\"...\", found the end of the text.")]
    public void Other_includes_are_refused(string hocon, string problem) =>
        Assert.EndsWith(problem, Assert.Throws<ConfigurationException>(() => Parse(hocon)).Message);
}
