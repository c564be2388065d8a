namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>
/// What keeps a removal by one hub from taking what another is about to commit. Holds and the turn to remove end by themselves at a time,
/// for a hub that has died; one that stands still past it finds that out when it commits (<see cref="LakeHoldLostException"/>).
/// </summary>
public interface ILakeHolds
{
    /// <summary>Holds an object for writing.</summary>
    /// <param name="holder">Whoever is about to commit; unique.</param>
    /// <param name="sha256">The object.</param>
    /// <param name="now">The present moment (UTC).</param>
    /// <param name="until">When the hold ends by itself.</param>
    /// <param name="cancellationToken">Stops before the transaction is committed.</param>
    /// <returns>False when somebody writes the same object, or removes objects, at this moment: ask again.</returns>
    Task<bool> TryWriteAsync(string holder, string sha256, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The object is written, and held on.</summary>
    Task WrittenAsync(string holder, string sha256, CancellationToken cancellationToken);

    /// <summary>Holds on to all that the holder has.</summary>
    Task RenewAsync(string holder, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Lets go of all that the holder has.</summary>
    Task ReleaseAsync(string holder, CancellationToken cancellationToken);

    /// <summary>Takes the turn to remove objects, and with it the list of those that must stay. Holds past their time end here.</summary>
    /// <returns>Null while another has the turn: ask again.</returns>
    Task<LakeTurn?> TryTakeTurnAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Keeps the turn; false when another has taken it.</summary>
    Task<bool> RenewTurnAsync(long epoch, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Ends the turn, unless another has taken it.</summary>
    Task EndTurnAsync(long epoch, CancellationToken cancellationToken);

    /// <summary>The word by which the catalogue knows its lake; where there is none, <paramref name="candidate"/> becomes it.</summary>
    Task<string> MarkAsync(string candidate, CancellationToken cancellationToken);

    /// <summary>Ends every hold and turn: what a killed process has left, for a hub that knows itself alone.</summary>
    Task ClearAsync(CancellationToken cancellationToken);
}

/// <summary>The turn to remove objects.</summary>
/// <param name="Epoch">Its number; the next one's is greater.</param>
/// <param name="Staying">Objects that a submission names or somebody holds.</param>
public sealed record LakeTurn(long Epoch, IReadOnlySet<string> Staying);

/// <summary>Objects that a commit names under somebody's hold.</summary>
/// <param name="Holder">The holder.</param>
/// <param name="Names">The objects' names.</param>
public sealed record HeldObjects(string Holder, IReadOnlyCollection<string> Names);

/// <summary>A hold has ended before its commit, and the objects may be gone: nothing is committed. Put them again.</summary>
public sealed class LakeHoldLostException()
    : Exception("The commit came so late that its objects were no longer kept for it; put them again.");
