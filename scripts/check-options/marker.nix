# Stands for a thing from outside the tree: a value that says its own name wherever it is used, and can be called and looked into.
{ dots }:
let
  open = builtins.fromJSON ''"\u0001"'';
  close = builtins.fromJSON ''"\u0002"'';
  names = builtins.filter (n: !(builtins.elem n [ "type" "outPath" "node" "__functor" "_type" ])) dots;

  show = depth: v:
    let
      t = builtins.tryEval v;
      kind = builtins.typeOf v;
    in
    if !t.success then { "$throw" = true; }
    else if kind == "set" then
      if v ? node && v ? outPath then v.node
      else if v ? evalModules then { "$ref" = [ "lib" ]; }
      else if v ? _type && builtins.elem v._type [ "if" "merge" "override" "order" ] then { "$throw" = true; }
      else if depth > 14 then { "$deep" = true; }
      else { "$set" = builtins.mapAttrs (_: show (depth + 1)) v; }
    else if kind == "list" then map (show (depth + 1)) v
    else if kind == "lambda" then { "$lambda" = true; }
    else if kind == "path" then { "$path" = toString v; }
    else v;

  make = node:
    builtins.listToAttrs (map (n: { name = n; value = select node n; }) names)
    // {
      type = "derivation";
      outPath = open + builtins.toJSON node + close;
      inherit node;
      __functor = _: arg: make { "$call" = node; arg = show 0 arg; };
    };

  select = node: name:
    # What a flake's input holds as modules cannot be seen: it must not define anything either.
    if name == "nixosModules" then builtins.listToAttrs (map (n: { name = n; value = { }; }) names)
    else if node ? "$ref" then make { "$ref" = node."$ref" ++ [ name ]; }
    else make { "$select" = node; inherit name; };
in
{
  inherit show;
  ref = path: make { "$ref" = path; };
}
