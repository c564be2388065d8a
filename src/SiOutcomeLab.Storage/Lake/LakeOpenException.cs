namespace SiOutcomeLab.Storage.Lake;

/// <summary>A store cannot be a lake, as a trial at the start has shown; nothing but the trial's own object has been changed in it.</summary>
/// <param name="message">What is wrong, where, and what to do.</param>
/// <param name="innerException">What the store said; null when it is the hub that refuses.</param>
public sealed class LakeOpenException(string message, Exception? innerException = null) : Exception(message, innerException);
