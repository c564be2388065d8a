namespace SiOutcomeLab.Storage.Spool;

/// <summary>Where a frame stands.</summary>
/// <param name="Number">Its number in the file, from 0.</param>
/// <param name="PlainStart">The offset of its first byte in the upload.</param>
/// <param name="FileStart">The offset of the frame in the file.</param>
/// <param name="PlainBytes">How many of the upload's bytes it holds.</param>
internal readonly record struct FramePlace(long Number, long PlainStart, long FileStart, int PlainBytes)
{
    public int FileBytes => FrameCipher.Overhead + PlainBytes;
}
