using Grpc.Core;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>For pushes that nobody watches.</summary>
internal sealed class NoProgress : IPushProgress
{
    public void Phase(PushPhase phase)
    {
    }

    public void At(long bytes)
    {
    }

    public void Waiting(RpcException failure, TimeSpan pause)
    {
    }
}
