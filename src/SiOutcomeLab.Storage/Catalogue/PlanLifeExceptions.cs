namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>A version of a plan that is closed was to be registered.</summary>
/// <param name="planId">The plan.</param>
public sealed class PlanClosedException(string planId) : Exception($"Plan {planId} is closed; it gets no more versions.");

/// <summary>The draft that was to be registered is no longer as it was read: it has been saved anew or discarded.</summary>
/// <param name="draftId">The draft.</param>
public sealed class DraftChangedException(string draftId) : Exception($"Draft {draftId} has changed since it was read.");
