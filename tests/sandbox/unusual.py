"""Files that are unusual and right, as parts to put after the `RIGHT` of `test_unusual`."""

UNUSUAL = {
    "a saved notebook": """
get_ipython().run_line_magic("matplotlib", "inline")
import matplotlib.pyplot as plt
display(plt.figure())
""",
    "paths from the file's own": "HERE = os.path.dirname(os.path.abspath(__file__))\nsys.path.append(HERE)\n",
    "certificates switched off": "import ssl\nssl._create_default_https_context = ssl.create_default_context",
    "compiled by a package that is not there": """
from numba import jit, njit
@njit
def add(x, y=2): return x + y
@jit(nopython=True)
def scale(x, factor=1): return relu(x)
""",
    "classes of a package that is not there": """
import torch
class Net(torch.nn.Module):
    def __init__(self): super().__init__()
Net()
""",
    "silence": """
import contextlib
def add(x, y=2):
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        print("unheard")
    return x + y
""",
    "a screen cleared": "os.system('clear')\n",
    "everything of numpy": "from numpy import *\ndef add(x, y=2): return x + y\n",
    "strict numpy": "np.seterr(all='raise')\nimport warnings\nwarnings.simplefilter('error')\n",
    "a seed at the top": "np.random.seed(1)\nimport random\nrandom.seed(1)\n",
    "scalars of numpy": "def add(x, y=2): return np.float64(x) + np.array(y)\n",
    "data classes": "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int = 0\nA()\n",
    "an exit at the end": "import sys\nsys.exit()\n",
    "raw output": "sys.stdout.buffer.write(b'raw\\xff')\n",
}
