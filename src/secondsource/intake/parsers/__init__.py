"""One parser a format, each alone in its module, behind the contract in `contract.py`.

They run only in the jailed child: they get bytes and give text. `registry.py` chooses among them.
"""
