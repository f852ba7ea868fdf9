using System.Text;

namespace ActorFed.Training.Data.Mail;

/// <summary>Turns bytes of a mail into text, whatever its charset claims.</summary>
internal static class Charsets
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly System.Text.Encoding Windows1252 =
        CodePagesEncodingProvider.Instance.GetEncoding(1252) ?? System.Text.Encoding.Latin1;

    /// <summary>Never fails: an unknown or wrong charset falls back to UTF-8 if the bytes are that, else to Windows-1252.</summary>
    public static string Decode(string? charset, ReadOnlySpan<byte> bytes) => (Find(charset) ?? Guess(bytes)).GetString(bytes);

    private static System.Text.Encoding? Find(string? charset) =>
        charset?.Trim().ToLowerInvariant() switch
        {
            null or "" => null,
            // Mail of the time says ASCII or Latin-1 and means what Windows made of it.
            "us-ascii" or "ascii" or "iso-8859-1" or "latin1" or "default" or "default_charset" => null,
            "utf-8" or "utf8" => System.Text.Encoding.UTF8,
            var name => Lookup(name),
        };

    private static System.Text.Encoding? Lookup(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static System.Text.Encoding Guess(ReadOnlySpan<byte> bytes)
    {
        try
        {
            StrictUtf8.GetCharCount(bytes);
            return StrictUtf8;
        }
        catch (DecoderFallbackException)
        {
            return Windows1252;
        }
    }
}
