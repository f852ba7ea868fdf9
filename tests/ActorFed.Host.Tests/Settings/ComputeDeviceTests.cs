using ActorFed.Host.Settings;
using TorchSharp;

namespace ActorFed.Host.Tests.Settings;

public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData("cpu", "cpu-0", "cpu")]
    [InlineData("cuda", "cuda-0", "cuda:0")]
    [InlineData("cuda:1", "cuda-1", "cuda:1")]
    public void A_device_has_a_name_and_is_opened_where_it_is_present(string text, string name, string opened)
    {
        var device = ComputeDevice.Parse(text);
        Assert.Equal(name, device.Name);
        Assert.Equal(torch.device(opened).ToString(), device.Open(() => 2).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cpu:0")]
    [InlineData("cuda:1000")]
    [InlineData("cuda:0\n")]
    public void Anything_else_is_refused(string text) => Assert.Throws<FormatException>(() => ComputeDevice.Parse(text));

    [Fact]
    public void One_that_is_not_here_is_named_with_what_is()
    {
        var error = Assert.Throws<UserException>(() => ComputeDevice.Parse("cuda:2").Open(() => 2));
        Assert.Equal(ExitCode.BadSettings, error.Code);
        Assert.StartsWith(
            "actorfed.node.device = cuda:2: libtorch sees 2 CUDA devices here.",
            error.Message,
            StringComparison.Ordinal
        );
    }
}
