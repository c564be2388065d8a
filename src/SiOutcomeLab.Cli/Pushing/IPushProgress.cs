using Grpc.Core;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>What a push is doing.</summary>
internal enum PushPhase
{
    /// <summary>Bytes go out.</summary>
    Sending = 1,

    /// <summary>The hub checks.</summary>
    Checking = 2,

    /// <summary>The hub writes to its lake and catalogue.</summary>
    Committing = 3,
}

/// <summary>Told how a push goes.</summary>
internal interface IPushProgress
{
    /// <summary>A phase begins.</summary>
    void Phase(PushPhase phase);

    /// <summary>How many bytes of all files together the hub has, or are on their way to it. Falls back after a cut.</summary>
    void At(long bytes);

    /// <summary>A call failed and will be made again after a pause.</summary>
    void Waiting(RpcException failure, TimeSpan pause);
}
