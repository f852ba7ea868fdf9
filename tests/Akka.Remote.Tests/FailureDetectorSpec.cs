using Akka.Actor;
using Akka.Configuration;

namespace Akka.Remote.Tests;

/// <summary>Suspicion from heartbeats, on a clock that the test turns.</summary>
public sealed class FailureDetectorSpec
{
    private long _now;

    private long Now() => _now;

    private PhiAccrualFailureDetector Phi(double threshold = 8, int pause = 0, int samples = 1000, int deviation = 100) =>
        new(
            threshold,
            samples,
            TimeSpan.FromMilliseconds(deviation),
            TimeSpan.FromMilliseconds(pause),
            TimeSpan.FromSeconds(1),
            Now
        );

    private void Beat(FailureDetector detector, int every, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _now += every;
            detector.HeartBeat();
        }
    }

    [Theory]
    [InlineData(0, 0.301)] // as late as the mean: half of all heartbeats come later
    [InlineData(1, 0.800)]
    [InlineData(2, 1.643)]
    [InlineData(3, 2.870)]
    public void Phi_is_the_negative_logarithm_of_the_normal_tail(int deviations, double phi) =>
        Assert.Equal(phi, PhiAccrualFailureDetector.Suspicion(1000 + 100 * deviations, 1000, 100), 0.05);

    [Fact]
    public void Phi_grows_with_the_silence()
    {
        var before = -1.0;
        for (var silence = 0; silence < 3000; silence += 100)
        {
            var phi = PhiAccrualFailureDetector.Suspicion(silence, 1000, 200);
            Assert.True(phi >= before, $"phi({silence}) = {phi} after {before}");
            before = phi;
        }
    }

    [Fact]
    public void Without_heartbeats_it_is_available_and_not_monitoring()
    {
        var detector = Phi();
        _now += 1_000_000;
        Assert.Equal((true, false), (detector.IsAvailable, detector.IsMonitoring));
        detector.HeartBeat();
        Assert.True(detector.IsMonitoring);
    }

    [Fact]
    public void Silence_makes_it_unavailable_and_a_heartbeat_available_again()
    {
        var detector = Phi(threshold: 3);
        Beat(detector, 1000, 10);
        Assert.True(detector.IsAvailable);
        _now += 5000;
        Assert.False(detector.IsAvailable);
        Beat(detector, 100, 1);
        Assert.True(detector.IsAvailable);
    }

    [Fact]
    public void The_acceptable_pause_is_added_to_what_is_usual()
    {
        var (strict, lenient) = (Phi(), Phi(pause: 3000));
        for (var i = 0; i < 20; i++)
        {
            _now += 1000;
            strict.HeartBeat();
            lenient.HeartBeat();
        }
        _now += 3500;
        Assert.Equal((false, true), (strict.IsAvailable, lenient.IsAvailable));
        _now += 3000;
        Assert.False(lenient.IsAvailable);
    }

    [Fact]
    public void An_outage_is_no_sample_of_the_usual_interval()
    {
        var detector = Phi(threshold: 3);
        Beat(detector, 1000, 20);
        Beat(detector, 60_000, 1); // the other side was away
        Beat(detector, 1000, 3);
        _now += 5000;
        Assert.False(detector.IsAvailable);
    }

    [Fact]
    public void Only_the_latest_samples_count()
    {
        var detector = Phi(samples: 5, threshold: 3, pause: 0);
        Beat(detector, 1000, 20);
        for (var i = 1100; i <= 3000; i += 100)
            Beat(detector, i, 1); // slower and slower: each is still usual
        _now += 3200;
        Assert.True(detector.IsAvailable);
    }

    [Fact]
    public void A_deadline_is_the_pause_and_one_interval()
    {
        var detector = new DeadlineFailureDetector(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1), Now);
        Assert.Equal((true, false), (detector.IsAvailable, detector.IsMonitoring));
        detector.HeartBeat();
        _now += 4999;
        Assert.True(detector.IsAvailable);
        _now += 1;
        Assert.Equal((false, true), (detector.IsAvailable, detector.IsMonitoring));
        detector.HeartBeat();
        Assert.True(detector.IsAvailable);
    }

    [Theory]
    [InlineData("threshold = 0")]
    [InlineData("max-sample-size = 0")]
    [InlineData("min-std-deviation = 0 ms")]
    [InlineData("heartbeat-interval = 0 s")]
    public void Settings_that_make_no_sense_name_their_key(string wrong)
    {
        var good =
            "threshold = 8, max-sample-size = 10, min-std-deviation = 1 s, acceptable-heartbeat-pause = 1 s, heartbeat-interval = 1 s";
        var config = ConfigurationFactory.ParseString(wrong).WithFallback(ConfigurationFactory.ParseString(good));

        var thrown = Assert.Throws<ConfigurationException>(() => new PhiAccrualFailureDetector(config, null!));

        Assert.Contains(wrong.Split(' ')[0], thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_judges_each_resource_by_its_own_heartbeats()
    {
        var registry = new DefaultFailureDetectorRegistry<Address>(() =>
            new DeadlineFailureDetector(TimeSpan.FromSeconds(1), Now)
        );
        var (a, b) = (Address.Parse("akka.tcp://a@h:1"), Address.Parse("akka.tcp://b@h:1"));
        Assert.Equal((true, false), (registry.IsAvailable(a), registry.IsMonitoring(a)));
        registry.Heartbeat(a);
        registry.Heartbeat(b);
        _now += 900;
        registry.Heartbeat(b);
        _now += 900;
        Assert.Equal((false, true), (registry.IsAvailable(a), registry.IsAvailable(b)));
        registry.Remove(a);
        Assert.True(registry.IsAvailable(a));
        registry.Reset();
        Assert.False(registry.IsMonitoring(b));
    }
}
