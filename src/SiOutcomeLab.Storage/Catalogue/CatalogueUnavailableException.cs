namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>
/// The catalogue could not take or keep something just now: it is held by another program, its server does not answer, its disk is full
/// or does not answer.
/// Transient: nothing of the call has been stored unless <see cref="OutcomeUnknown"/>, and the same call may be made again.
/// </summary>
/// <param name="outcomeUnknown">True when it happened while committing.</param>
/// <param name="innerException">What the database said.</param>
public sealed class CatalogueUnavailableException(bool outcomeUnknown, Exception innerException)
    : Exception("The catalogue is busy, or its server or its disk does not answer or is full; see to it, then try again.", innerException)
{
    /// <summary>
    /// True when the commit itself failed to answer, so that what was to be stored may be there. Every write of the catalogue can be
    /// repeated safely.
    /// </summary>
    public bool OutcomeUnknown { get; } = outcomeUnknown;
}
