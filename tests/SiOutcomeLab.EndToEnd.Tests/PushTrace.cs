using Grpc.Core;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Pushing;

namespace SiOutcomeLab.EndToEnd.Tests;

/// <summary>Pushes as <c>silab push</c> does, in the test's process, and keeps what was told on the way.</summary>
internal sealed class PushTrace : IPushProgress
{
    private readonly List<string> _failures = [];

    /// <summary>Why attempts failed, in order.</summary>
    public IReadOnlyList<string> Failures => _failures;

    public static PushSettings Quick(int seed) => new()
    {
        FirstPause = TimeSpan.FromMilliseconds(50),
        LongestPause = TimeSpan.FromSeconds(1),
        GiveUpAfter = TimeSpan.FromMinutes(4),
        Seed = seed,
    };

    /// <summary>Pushes a folder with a channel of its own.</summary>
    public async Task<PushOutcome> PushAsync(string address, string token, string folder, PushSettings settings)
    {
        using var hub = HubConnection.To(address, token);
        return await new SubmissionUpload(hub, SubmissionFiles.In(folder), settings, this, TimeProvider.System).RunAsync(Cancel.Token);
    }

    public void Phase(PushPhase phase)
    {
    }

    public void At(long bytes)
    {
    }

    public void Waiting(RpcException failure, TimeSpan pause) => _failures.Add(RetryRule.ReasonOf(failure) ?? $"{failure.StatusCode}");
}
