using SiOutcomeLab.Pipelines.Scheduling;

namespace SiOutcomeLab.Pipelines.Tests.Scheduling;

public sealed class RunRoomTests
{
    // Longer than the room waits between two looks.
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_MemoryShort_LetsOneInAlways_AndTheNextWhenItHasLeft()
    {
        var room = new RunRoom(() => true, TimeProvider.System);
        var first = await room.EnterAsync(Cancel).WaitAsync(Patience, Cancel);
        var second = room.EnterAsync(Cancel);
        await Task.Delay(AWhile, Cancel);
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second.WaitAsync(Patience, Cancel)).Dispose();
    }

    [Fact]
    public async Task Enter_MemoryThere_LetsManyIn_AndWaitsFromWhenItIsShort()
    {
        var isShort = false;
        var room = new RunRoom(() => isShort, TimeProvider.System);
        var first = await room.EnterAsync(Cancel).WaitAsync(Patience, Cancel);
        using var second = await room.EnterAsync(Cancel).WaitAsync(Patience, Cancel);
        isShort = true;
        // Left twice is left once: the second is still inside.
        first.Dispose();
        first.Dispose();

        var third = room.EnterAsync(Cancel);
        await Task.Delay(AWhile, Cancel);

        Assert.False(third.IsCompleted);
        isShort = false;
        (await third.WaitAsync(Patience, Cancel)).Dispose();
    }

    [Fact]
    public async Task Enter_StoppedWhileWaiting_TakesNoRoom()
    {
        var room = new RunRoom(() => true, TimeProvider.System);
        var first = await room.EnterAsync(Cancel).WaitAsync(Patience, Cancel);
        using var stop = new CancellationTokenSource();
        var waiting = room.EnterAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, Cancel));
        first.Dispose();
        (await room.EnterAsync(Cancel).WaitAsync(Patience, Cancel)).Dispose();
    }
}
