using System.Text.Json;
using Qhana.Registry.Data;

namespace Qhana.Registry.Tests.Data;

public sealed class PythonJsonTests
{
    // Each row is what Python 3 answers to json.dumps(json.loads(text)).
    [Theory]
    // A blank after each comma and colon, and no other.
    [InlineData("{}", "{}")]
    [InlineData(" [ ] ", "[]")]
    [InlineData("""{"a":1}""", """{"a": 1}""")]
    [InlineData("[ 1 ,-2,\n3]", "[1, -2, 3]")]
    [InlineData("[true,false,null]", "[true, false, null]")]
    [InlineData("""{"and":[{"tag":"x"},{"not":{}}]}""", """{"and": [{"tag": "x"}, {"not": {}}]}""")]
    [InlineData("""{"b":1,"a":{"":""}}""", """{"b": 1, "a": {"": ""}}""")]
    // ASCII only, in lower case; beyond 16 bits as a pair.
    [InlineData("[\"é\u2028\"]", """["\u00e9\u2028"]""")]
    [InlineData("[\"😀\"]", """["\ud83d\ude00"]""")]
    [InlineData("""{"Ü":"\u00FC"}""", """{"\u00dc": "\u00fc"}""")]
    [InlineData("""["\u007F~ "]""", """["\u007f~ "]""")]
    // What must be escaped, and nothing else.
    [InlineData("""["\"\\\/"]""", """["\"\\/"]""")]
    [InlineData("""["\b\f\n\r\t"]""", """["\b\f\n\r\t"]""")]
    [InlineData("""["\u0008\u000C\u000a"]""", """["\b\f\n"]""")]
    [InlineData("""["\u0000\u0001\u001F"]""", """["\u0000\u0001\u001f"]""")]
    [InlineData("""["<>&'+`"]""", """["<>&'+`"]""")]
    // Whole numbers of any size.
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    public void Write_Spells_Like_Pythons_Dumps(string json, string expected)
    {
        using var document = JsonDocument.Parse(json);

        var text = PythonJson.Write(document.RootElement);

        Assert.Equal(expected, text);
    }
}
