using System.Diagnostics;

namespace ActorFed.Host.Tests.Reports;

/// <summary>Headless Chromium, as set-up installs it for ./test.</summary>
internal static class Chromium
{
    /// <summary>The page after its scripts ran.</summary>
    public static string Dom(string page) => Run("--dump-dom", "--virtual-time-budget=5000", new Uri(page).AbsoluteUri);

    private static string Run(params string[] arguments)
    {
        using var profile = new TemporaryFolder();
        var start = new ProcessStartInfo("chromium")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = profile.Path; // it leaves sockets and locks there
        string[] quiet =
        [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--window-size=1280,1000",
        ];
        foreach (var argument in quiet.Append($"--user-data-dir={profile.Path}").Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        using var browser = Process.Start(start)!;
        var errors = browser.StandardError.ReadToEndAsync();
        var dom = browser.StandardOutput.ReadToEnd();
        browser.WaitForExit();
        Assert.True(browser.ExitCode == 0, errors.Result);
        return dom;
    }
}
