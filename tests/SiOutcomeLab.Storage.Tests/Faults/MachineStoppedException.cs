namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>The machine, or the process, has ended in the middle of an operation. No error that the code may handle: it is no more.</summary>
internal sealed class MachineStoppedException() : Exception("The simulated machine has stopped.");
