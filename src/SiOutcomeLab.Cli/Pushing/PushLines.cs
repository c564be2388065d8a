using Grpc.Core;
using SiOutcomeLab.Cli.Terminals;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>Progress for a log that somebody reads afterwards: a line each tenth of the way, each phase, each cut.</summary>
internal sealed class PushLines(Terminal terminal, long totalBytes, TimeProvider time) : IPushProgress
{
    private const long WorthTelling = 8 * 1024 * 1024;
    private readonly Lock _lock = new();
    private readonly long _started = time.GetTimestamp();
    private TimeSpan? _sentAfter;
    private PushPhase? _phase;
    private long _at;
    private int _tenthsTold;

    public void Phase(PushPhase phase)
    {
        lock (_lock)
        {
            if (phase == _phase) return;
            if (phase != PushPhase.Sending) _sentAfter ??= time.GetElapsedTime(_started);
            if (_phase is not null && totalBytes >= WorthTelling) terminal.Note($"{terminal.Pick(PushProgress.NameOf(phase))} …");
            _phase = phase;
        }
    }

    public void At(long bytes)
    {
        lock (_lock)
        {
            _at = bytes;
            var tenths = totalBytes < WorthTelling ? 10 : (int)(bytes * 10 / totalBytes);
            if (tenths <= _tenthsTold || tenths >= 10) return;
            _tenthsTold = tenths;
            terminal.Note($"{tenths * 10} %");
        }
    }

    public void Waiting(RpcException failure, TimeSpan pause)
    {
        lock (_lock)
        {
            _sentAfter = null;
            terminal.Note(PushProgress.WaitingText(terminal, failure, pause));
        }
    }

    public void Finish()
    {
        lock (_lock)
        {
            if (_at == 0) return;
            var seconds = Math.Max(1e-3, (_sentAfter ?? time.GetElapsedTime(_started)).TotalSeconds);
            terminal.Note(
                terminal.Pick("Skickade ", "Sent ")
                + PushProgress.Bytes(_at, terminal.Language) + $" ({PushProgress.Bytes(_at / seconds, terminal.Language)}/s)");
        }
    }
}
